package dev.upshift.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fact that each of several has for itself, by its name: {@code barrier.shop}.
 *
 * @param <T> what the value is
 */
public final class FactOfEach<T> {

    static final char DOT = '.';

    private final Fact<T> fact;

    FactOfEach(Fact<T> fact) {
        this.fact = fact;
    }

    /** What all of them have in common. */
    public String name() {
        return fact.name();
    }

    /** The fact of one of them. */
    public Fact<T> of(String each) {
        return fact.called(fact.name() + DOT + each);
    }

    /** The facts of all of them, in their order. */
    public RunFacts of(Map<String, T> values) {
        Map<String, String> written = new LinkedHashMap<>();
        values.forEach((each, value) -> written.putAll(of(each).of(value).values()));
        return new RunFacts(written);
    }

    /** The values that are there, by what they belong to. */
    public Map<String, T> in(RunFacts facts) {
        Map<String, T> found = new LinkedHashMap<>();
        String prefix = fact.name() + DOT;
        facts.values().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .forEach(each -> facts.get(of(each)).ifPresent(value -> found.put(each, value)));
        return found;
    }
}
