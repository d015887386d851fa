package dev.upshift.postgres.internal.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares two sides' objects and says what is different, one line an object. */
public final class SchemaDifferences {

    private static final int SHOWN_LENGTH = 160;

    private final Map<String, SchemaObject> source;
    private final Map<String, SchemaObject> target;

    /** Of all objects of both sides. */
    public SchemaDifferences(List<SchemaObject> source, List<SchemaObject> target) {
        this.source = byTitle(source);
        this.target = byTitle(target);
    }

    /** Ordered by kind and name; what belongs to something that is missing as a whole has no line of its own. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        source.forEach((title, object) -> {
            @Nullable SchemaObject other = target.get(title);
            if (other != null) {
                lines.addAll(difference(object, other));
            } else if (object.parent() == null || target.containsKey(object.parent())) {
                lines.add("The target lacks " + title);
            }
        });
        target.forEach((title, object) -> {
            if (!source.containsKey(title) && (object.parent() == null || source.containsKey(object.parent()))) {
                lines.add("Only the target has " + title);
            }
        });
        return lines;
    }

    private static List<String> difference(SchemaObject one, SchemaObject other) {
        List<String> before = one.properties();
        List<String> after = other.properties();
        if (before.equals(after)) {
            return List.of();
        }
        return List.of(one.title() + " differs: " + contrast(before, "source", after, "target"));
    }

    /** What each has that the other has not, in words. */
    static String contrast(List<String> before, String one, List<String> after, String other) {
        String onlyBefore = shown(before, after);
        String onlyAfter = shown(after, before);
        return onlyBefore.equals(onlyAfter)
                ? "same lines in another order"
                : one + " has " + onlyBefore + ", " + other + " has " + onlyAfter;
    }

    /** What the one has and the other has not. */
    private static String shown(List<String> lines, List<String> others) {
        String all = lines.stream().filter(line -> !others.contains(line)).collect(Collectors.joining("; "));
        if (all.isEmpty()) {
            return "nothing of the kind";
        }
        return "“" + (all.length() > SHOWN_LENGTH ? all.substring(0, SHOWN_LENGTH) + "…" : all) + "”";
    }

    private static Map<String, SchemaObject> byTitle(List<SchemaObject> objects) {
        return objects.stream()
                .collect(Collectors.toMap(SchemaObject::title, Function.identity(), (one, same) -> one, TreeMap::new));
    }
}
