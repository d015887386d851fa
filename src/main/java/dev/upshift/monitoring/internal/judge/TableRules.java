package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.internal.judge.LinkEvidence.End;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether every table is replicated, and none is stuck. */
final class TableRules implements Rule {

    private static final int MOST_NAMES = 3;

    /** While replication is being set up, and between two readings of the list of tables. */
    private static final Duration SETTING_UP = Duration.ofSeconds(15);

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        Set<String> linked = evidence.linksOf(evidence.currentDirection()).stream()
                .filter(link -> link.subscriber() == End.PRESENT)
                .map(link -> link.sample().database())
                .collect(Collectors.toSet());
        List<TableProgress> tables = evidence.tables().stream()
                .filter(table -> linked.contains(table.database()))
                .toList();
        return Stream.concat(stuck(tables), left(tables));
    }

    private static Stream<Condition> stuck(List<TableProgress> tables) {
        List<TableProgress> stuck = in(State.ERROR, tables);
        return stuck.isEmpty()
                ? Stream.empty()
                : Stream.of(Condition.atOnce(
                        "tables:stuck",
                        Health.CRITICAL,
                        "%s: %s"
                                .formatted(
                                        counted(stuck, "cannot be copied", "cannot be copied"),
                                        stuck.getFirst().lastError())));
    }

    private static Stream<Condition> left(List<TableProgress> tables) {
        List<TableProgress> left = in(State.PENDING, tables);
        return left.isEmpty()
                ? Stream.empty()
                : Stream.of(Condition.after(
                        SETTING_UP,
                        "tables:left",
                        Health.WARNING,
                        "%s. Such tables are usually new: create them on the subscribing side as well, add them to the publication and refresh the subscription; or drop them."
                                .formatted(counted(left, "is not replicated", "are not replicated"))));
    }

    private static List<TableProgress> in(State state, List<TableProgress> tables) {
        return tables.stream().filter(table -> table.state() == state).toList();
    }

    private static String counted(List<TableProgress> tables, String one, String several) {
        String names = tables.stream()
                .limit(MOST_NAMES)
                .map(table -> table.name().toString())
                .collect(Collectors.joining(", "));
        int more = tables.size() - MOST_NAMES;
        String all = more > 0 ? "%s and %d more".formatted(names, more) : names;
        return tables.size() == 1
                ? "1 table %s (%s)".formatted(one, all)
                : "%d tables %s (%s)".formatted(tables.size(), several, all);
    }
}
