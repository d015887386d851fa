package dev.upshift.postgres.internal.drift;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what one side has and the other has not, or has otherwise. Pure. */
final class DriftComparison {

    private final Map<String, SchemaObject> leading;
    private final Map<String, SchemaObject> following;

    DriftComparison(List<SchemaObject> leading, List<SchemaObject> following) {
        this.leading = byTitle(leading);
        this.following = byTitle(following);
    }

    /** Ordered by kind and name; parts of what is missing as a whole are not told of. */
    List<Found> differences() {
        List<Found> found = new ArrayList<>();
        Set<String> otherColumns = new HashSet<>();
        leading.forEach((title, object) -> {
            if (!following.containsKey(title) && isWorthTelling(object, following)) {
                found.add(new Found(object, null));
                noteColumn(object, otherColumns);
            }
        });
        following.forEach((title, object) -> {
            // The cluster that follows may have users of its own.
            if (!leading.containsKey(title) && !object.kind().equals("role") && isWorthTelling(object, leading)) {
                found.add(new Found(null, object));
                noteColumn(object, otherColumns);
            }
        });
        leading.forEach((title, object) -> {
            @Nullable SchemaObject other = following.get(title);
            if (other != null && differ(object, other, otherColumns)) {
                found.add(new Found(object, other));
            }
        });
        return found;
    }

    private static boolean isWorthTelling(SchemaObject object, Map<String, SchemaObject> others) {
        return object.parent() == null || others.containsKey(object.parent());
    }

    private static void noteColumn(SchemaObject object, Set<String> relations) {
        if (object.kind().equals("column") && object.parent() != null) {
            relations.add(object.parent());
        }
    }

    /** Where a column is missing, all behind it have another position. */
    private static boolean differ(SchemaObject one, SchemaObject other, Set<String> otherColumns) {
        if (one.definition().equals(other.definition())) {
            return false; // most of thousands
        }
        List<String> before = one.properties();
        List<String> after = other.properties();
        return !before.equals(after)
                && !(one.kind().equals("column")
                        && otherColumns.contains(String.valueOf(one.parent()))
                        && withoutPosition(before).equals(withoutPosition(after)));
    }

    private static List<String> withoutPosition(List<String> properties) {
        return properties.stream()
                .filter(property -> !property.startsWith("position "))
                .toList();
    }

    private static Map<String, SchemaObject> byTitle(List<SchemaObject> objects) {
        return objects.stream()
                .collect(Collectors.toMap(SchemaObject::title, Function.identity(), (one, same) -> one, TreeMap::new));
    }

    /**
     * One object.
     *
     * @param leading null where only the side that follows has it
     * @param following null where that side lacks it
     */
    record Found(@Nullable SchemaObject leading, @Nullable SchemaObject following) {

        private static final String GENERATED = "generated ";

        SchemaObject object() {
            if (leading != null) {
                return leading;
            }
            if (following != null) {
                return following;
            }
            throw new IllegalStateException("Nothing was found on either side");
        }

        boolean isMissing() {
            return following == null;
        }

        /** Whether a row of the leading side may be one that the other cannot take. */
        boolean stopsReplication() {
            return stops(leading, following);
        }

        /** The same of rows that the other side would send, once it leads. */
        boolean stopsWayBack() {
            return stops(following, leading);
        }

        /** What is generated is not sent; and nothing can be put into it. */
        private static boolean stops(@Nullable SchemaObject sending, @Nullable SchemaObject receiving) {
            if (sending == null || has(sending, GENERATED)) {
                return receiving != null && isColumnOfRows(receiving) && isDemanded(receiving);
            }
            if (receiving == null) {
                return isColumnOfRows(sending) || (sending.kind().equals("table") && has(sending, "partition "));
            }
            return isColumnOfRows(sending)
                    && (!line(sending, "type ").equals(line(receiving, "type "))
                            || has(receiving, GENERATED)
                            || (has(receiving, "not null") && !has(sending, "not null")));
        }

        private static boolean isColumnOfRows(SchemaObject object) {
            String parent = String.valueOf(object.parent());
            return object.kind().equals("column") && (parent.startsWith("table ") || parent.startsWith("type "));
        }

        private static boolean isDemanded(SchemaObject column) {
            return has(column, "not null")
                    && !has(column, "default ")
                    && !has(column, "identity ")
                    && !has(column, GENERATED);
        }

        /** Whether both sides have labels, and not the same. */
        boolean isOfLabels() {
            return leading != null
                    && following != null
                    && object().kind().equals("type")
                    && !line(leading, "labels ").equals(line(following, "labels "));
        }

        private static boolean has(SchemaObject object, String begin) {
            return !line(object, begin).isEmpty();
        }

        private static List<String> line(SchemaObject object, String begin) {
            return object.definition()
                    .lines()
                    .filter(line -> line.startsWith(begin))
                    .toList();
        }
    }
}
