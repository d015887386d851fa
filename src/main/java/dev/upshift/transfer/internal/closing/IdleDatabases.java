package dev.upshift.transfer.internal.closing;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.project.Project;
import dev.upshift.records.LinkRecords;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.transfer.link.LinkCleaning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of the databases of a side that does not serve: one that has another name now was not dropped. */
record IdleDatabases(Project project, SessionPool pool, LinkCleaning cleaning, LinkRecords records) {

    /** Of so many databases it is said how they get their name back. */
    private static final int TOLD = 3;

    /**
     * Those that the side does not have any more; the side that serves has to have all.
     *
     * @throws RenamedDatabases if some are there under another name
     * @throws IllegalStateException if nobody can tell whether one that is missing was dropped
     */
    List<String> dropped(Side side) {
        if (side == project.servingSide()) {
            return List.of();
        }
        Optional<Finding> renamed = renamed(side);
        if (renamed.isPresent()) {
            throw new RenamedDatabases(renamed.get());
        }
        List<String> dropped = Reach.dropped(pool, project, side);
        if (!dropped.isEmpty() && Reach.within(pool, project, side).isEmpty()) {
            throw new IllegalStateException(
                    "The %s does not have %s, and no other database of it lets us in, so whether it was dropped or has another name now cannot be told. Let our role connect to %s there."
                            .formatted(side.word(), Names.some(dropped), Reach.MAINTENANCE));
        }
        return dropped;
    }

    /** What to do about those that are called otherwise now; empty where there are none, or where nobody lets us look. */
    Optional<Finding> renamed(Side side) {
        return Reach.within(pool, project, side)
                .map(within ->
                        cleaning.renamed(pool, project, side, within, link -> records.subscriber(project.id(), link)))
                .filter(renamed -> !renamed.isEmpty())
                .map(renamed -> words(side, renamed));
    }

    private static Finding words(Side side, Map<String, String> renamed) {
        List<String> names = renamed.entrySet().stream()
                .map(database -> "%s (now %s)".formatted(database.getKey(), database.getValue()))
                .toList();
        String told = names.stream().limit(TOLD).collect(Collectors.joining(", "));
        String statements = renamed.entrySet().stream()
                .limit(TOLD)
                .map(database -> givingBack(database.getKey(), database.getValue()))
                .collect(Collectors.joining(" "));
        return new Finding(
                Place.on(side),
                names,
                "there are databases of the project under another name: %s%s. What is ours there would stay: the subscription, the schema %s, a fence."
                        .formatted(
                                told,
                                names.size() > TOLD ? " and %d more".formatted(names.size() - TOLD) : "",
                                HelperSchema.NAME),
                "Give each its name back, from another database and once nothing else has that name: %s Then look again. One that nobody needs may be dropped instead."
                        .formatted(statements));
    }

    /** No database is renamed while somebody is connected to it, be it the worker of a subscription. */
    private static String givingBack(String name, String now) {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'; ALTER DATABASE %s RENAME TO %s;"
                .formatted(now.replace("'", "''"), FencedStatements.quoted(now), FencedStatements.quoted(name));
    }

    /** Databases of the project are there under another name. */
    static final class RenamedDatabases extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final transient Finding finding;

        RenamedDatabases(Finding finding) {
            super(finding.sentence());
            this.finding = finding;
        }

        Finding finding() {
            return finding;
        }
    }
}
