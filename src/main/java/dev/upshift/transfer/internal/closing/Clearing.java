package dev.upshift.transfer.internal.closing;

import dev.upshift.check.Finding;
import dev.upshift.engine.Fact;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.project.Project;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.transfer.link.LinkCleaning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes everything of ours away from the servers of a project, and sees that it is gone. */
final class Clearing {

    /** Slots of table copies of which nobody knows whose they are, in a sentence. */
    static final Fact<String> UNKNOWN_COPIES = Fact.text("unknownCopies");

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Project project;
    private final Ports ports;
    private final SessionPool pool;
    private final LinkCleaning cleaning;
    private final IdleDatabases databases;

    Clearing(Project project, Ports ports, SessionPool pool) {
        this.project = project;
        this.ports = ports;
        this.pool = pool;
        this.cleaning =
                new LinkCleaning(ports.servers().links(), ports.servers().helperSchema());
        this.databases =
                new IdleDatabases(project, pool, cleaning, ports.records().links());
    }

    /** What became of the databases of a side. */
    IdleDatabases databases() {
        return databases;
    }

    StepOutcome dropLinks() {
        Side idle = project.servingSide().other();
        return orSayWhatNext(() -> {
            List<String> dropped = databases.dropped(idle);
            for (String database : project.databases()) {
                if (dropped.contains(database)) {
                    dropHalves(database, idle.other());
                } else {
                    for (Direction direction : Direction.values()) {
                        cleaning.dropLink(pool, project, database, direction);
                    }
                }
            }
            return StepOutcome.done("No link is left.");
        });
    }

    /** Without a word to the other side. */
    StepOutcome dropLinks(Side side) {
        project.databases().forEach(database -> dropHalves(database, side));
        return StepOutcome.done("No link is left on the %s.".formatted(side.word()));
    }

    private void dropHalves(String database, Side side) {
        for (Direction direction : Direction.values()) {
            String link = LinkNames.link(project.slug(), database, direction);
            cleaning.dropHalf(pool, project, database, direction, side, subscriber(link));
        }
    }

    private Optional<KnownSubscriber> subscriber(String link) {
        return ports.records().links().subscriber(project.id(), link);
    }

    /** On both sides, as far as somebody has not dropped the database. */
    StepOutcome dropHelperSchema() {
        return orSayWhatNext(() -> dropHelperSchema(List.of(Side.values())));
    }

    StepOutcome dropHelperSchema(List<Side> sides) {

        for (Side side : sides) {
            List<String> dropped = databases.dropped(side);
            for (String database : project.databases()) {
                if (!dropped.contains(database)) {
                    pool.reliably(side, database, Role.WORK, session -> {
                        ports.servers().helperSchema().drop(session);
                        return database;
                    });
                }
            }
        }
        return StepOutcome.done("The helper schema is gone.");
    }

    StepOutcome proveClean() {
        Side side = project.servingSide();
        return orSayWhatNext(() -> {
            List<String> left = left();
            return left.isEmpty()
                    ? proven(
                            "Nothing of ours is left on either side.",
                            side,
                            unknownCopies(side, databases.dropped(side.other())))
                    : StepOutcome.retry("Still there: " + String.join(", ", left) + ".", AGAIN);
        });
    }

    /** PostgreSQL drops no database with a subscription in it, and one without takes all the rest along. */
    private List<String> left() {
        Side side = project.servingSide();
        List<String> dropped = databases.dropped(side.other());
        return project.databases().stream()
                .flatMap(database -> dropped.contains(database)
                        ? cleaning.left(pool, project, database, side, link -> subscriber(link)).stream()
                        : cleaning.left(pool, project, database).stream())
                .toList();
    }

    /** Of one side, without a word to the other. */
    StepOutcome proveClean(Side side) {
        List<String> left = cleaning.left(pool, project, side, link -> subscriber(link));
        if (!left.isEmpty()) {
            return StepOutcome.retry("Still there: " + String.join(", ", left) + ".", AGAIN);
        }
        return proven(
                "Nothing of ours is left on the %s.".formatted(side.word()),
                side,
                unknownCopies(side, project.databases()));
    }

    private static StepOutcome proven(String proven, Side side, List<String> copies) {
        String unknown = unknown(side, copies);
        return unknown.isEmpty()
                ? StepOutcome.done(proven)
                : StepOutcome.done(proven + unknown, UNKNOWN_COPIES.of(unknown));
    }

    /**
     * Who subscribed may be known no longer: an older version did not keep it, and a subscription that somebody has made
     * again, or a cluster that was upgraded meanwhile, has other numbers.
     *
     * @param databases of which nobody can be asked on the other side
     */
    private List<String> unknownCopies(Side side, List<String> databases) {
        return databases.stream()
                .flatMap(database -> {
                    Optional<KnownSubscriber> known =
                            subscriber(LinkNames.link(project.slug(), database, side.outbound()));
                    return cleaning.idleCopies(pool, database, side).stream()
                            .filter(slot ->
                                    known.filter(made -> made.made(slot)).isEmpty());
                })
                .toList();
    }

    private static String unknown(Side side, List<String> slots) {
        return slots.isEmpty()
                ? ""
                : " Slots of unfinished table copies are there that nobody uses; whose they are is not known, so they stay: %1$s. The last number of such a name is the system_identifier of the subscriber's cluster (pg_control_system()). Drop those of the %2$s by hand on the %3$s, or it keeps its log for them: SELECT pg_drop_replication_slot('…');"
                        .formatted(Names.some(slots), side.other().word(), side.word());
    }

    /** What fails because the side that does not serve went away meanwhile can be done without it, by another run. */
    private StepOutcome orSayWhatNext(Supplier<StepOutcome> work) {
        try {
            return work.get();
        } catch (IdleDatabases.RenamedDatabases renamed) {
            return StepOutcome.failed(Reasons.of(renamed));
        } catch (PostgresUnreachable away) {
            Side idle = project.servingSide().other();
            if (Reach.failure(pool, project, idle).isEmpty()) {
                throw away;
            }
            return StepOutcome.failed(
                    "%s If the %s is gone for good, abort this run and start another: its plan says how to go on without that side."
                            .formatted(Reasons.of(away), idle.word()));
        }
    }

    /** Before anything is done without a side: not at all if it is back. */
    StepOutcome seeGone(Side gone) {
        Optional<PostgresUnreachable> failure = Reach.failure(pool, project, gone);
        Optional<Finding> renamed = failure.flatMap(away -> databases.renamed(gone));
        if (renamed.isPresent()) {
            return StepOutcome.failed("Nothing was done. On the %s, %s"
                    .formatted(gone.word(), renamed.get().words()));
        }
        return failure.map(
                        away -> StepOutcome.done("The %s does not answer: %s".formatted(gone.word(), Reasons.of(away))))
                .orElseGet(() -> StepOutcome.failed(
                        "The %s answers again, so nothing was done. Look at the plan again: it then cleans up there as well."
                                .formatted(gone.word())));
    }
}
