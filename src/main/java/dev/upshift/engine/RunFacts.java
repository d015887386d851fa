package dev.upshift.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Facts as they are written down, in the journal and as a run's evidence: names to values. What each is called and how
 * its value is written, its {@link Fact} knows; a name that none has was written by another version, and stays.
 *
 * @param values in the order in which they were read
 */
public record RunFacts(Map<String, String> values) {

    public static final RunFacts NONE = new RunFacts(Map.of());

    public RunFacts {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value of a fact; empty where it is not there, or is a word that nobody knows. */
    public <T> Optional<T> get(Fact<T> fact) {
        return Optional.ofNullable(values.get(fact.name())).flatMap(fact::read);
    }

    /** These and more; what is in both has the latter's value. */
    public RunFacts and(RunFacts more) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(more.values);
        return new RunFacts(all);
    }
}
