package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.role.PasswordLookups.Right;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an {@code auth_query} may do on the side that is left, and may not on the other one.
 *
 * @param left rights on the side that is left
 * @param entered rights on the other one
 * @param fenced whether that one is fenced
 */
record LookupRights(List<Right> left, List<Right> entered, boolean fenced) {

    /** What is lacking and the statement that helps; nothing where nothing is lost. */
    List<Lost> lost() {
        Map<Thing, List<Right>> there = byThing(entered);
        List<Lost> lost = new ArrayList<>();
        byThing(left).forEach((thing, rights) -> {
            if (rights.stream().anyMatch(Right::granted)) {
                lost(thing, rights, there.getOrDefault(thing, List.of())).ifPresent(lost::add);
            }
        });
        return lost;
    }

    private Optional<Lost> lost(Thing thing, List<Right> here, List<Right> there) {
        if (there.isEmpty()) {
            return Optional.of(
                    new Lost("there is no %s".formatted(thing.inWords()), "Make it as it is on the other side."));
        }
        List<Right> refused = there.stream()
                .filter(right -> !right.granted() && isGranted(here, right.column()))
                .toList();
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        String role = refused.getFirst().role();
        boolean whole = here.stream().allMatch(Right::granted) && refused.size() == there.size();
        String columns = whole ? "" : refused.stream().map(Right::column).collect(Collectors.joining(", ", " (", ")"));
        return Optional.of(new Lost(
                "%s may not %s %s".formatted(role, thing.verb(), thing.inWords()),
                "%s; in that database."
                        .formatted(FencedStatements.one(
                                fenced,
                                "GRANT %s%s ON %s TO %s"
                                        .formatted(thing.privilege(), columns, thing.object(), role)))));
    }

    private static boolean isGranted(List<Right> rights, String column) {
        return rights.stream()
                .anyMatch(right -> right.granted() && right.column().equals(column));
    }

    private static Map<Thing, List<Right>> byThing(List<Right> rights) {
        return rights.stream()
                .collect(Collectors.groupingBy(
                        right -> new Thing(right.way(), right.privilege(), right.object()),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private record Thing(String way, String privilege, String object) {

        String verb() {
            return switch (privilege) {
                case "SELECT" -> "read";
                case "EXECUTE" -> "call";
                default -> "use";
            };
        }

        /** Kinds in small letters: “table pg_catalog.pg_authid”. */
        String inWords() {
            int space = object.indexOf(' ');
            String words = object.substring(0, space).toLowerCase(Locale.ROOT) + object.substring(space);
            return way.isEmpty() ? words : words + ", which the function " + way + " reads for it";
        }
    }
}
