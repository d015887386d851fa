package dev.upshift.transfer.internal.copy;

import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.FailingCopies;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which tables' copies fail while the initial copy is waited for, and why. PostgreSQL tries again every few seconds, so
 * that a table now and then has a worker: what is told does not change with that, for every change is written down.
 */
final class FailedCopies {

    /** Between the end of a worker and its result there is an instant without either. */
    private static final int SURE = 2;

    /** A worker that is seen so many times in a row copies again. */
    private static final int COPIES_AGAIN = 20;

    private final WorkerErrors errors;
    private final Map<String, Failures> failures = new HashMap<>();

    FailedCopies(WorkerErrors errors) {
        this.errors = errors;
    }

    /** Looks at one database's link on the side that copies; empty while no copy fails. */
    Optional<String> look(PostgresSession subscriber, String database, String link) {
        List<TableName> failing = failures.computeIfAbsent(link, first -> new Failures())
                .failing(Set.copyOf(errors.withoutWorker(subscriber, link)));
        if (failing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                FailingCopies.finding(database, failing, Side.SOURCE, link, errors.told(subscriber, link), false)
                        .sentence());
    }

    /** What is remembered of one link. */
    private static final class Failures {

        private final Map<TableName, Integer> without = new HashMap<>();
        private final Map<TableName, Integer> failing = new TreeMap<>();

        List<TableName> failing(Set<TableName> now) {
            without.keySet().retainAll(now);
            now.forEach(table -> without.merge(table, 1, Integer::sum));
            for (TableName table : new HashSet<>(failing.keySet())) {
                failing.merge(table, 1, Integer::sum);
            }
            without.forEach((table, times) -> {
                if (times >= SURE || failing.containsKey(table)) {
                    failing.put(table, 0);
                }
            });
            failing.values().removeIf(since -> since >= COPIES_AGAIN);
            return List.copyOf(failing.keySet());
        }
    }
}
