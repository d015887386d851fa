package dev.upshift.dashboard.preview;

import dev.upshift.engine.Plan.ActionKind;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Plan.PlannedAction;
import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.Plan.PoolerDifference;
import dev.upshift.engine.ProcedureName;
import java.util.List;
import java.util.stream.Stream;

/** Steps and guards as plans have them. */
final class PlanBook {

    private PlanBook() {}

    static List<PlannedStep> steps(ProcedureName procedure) {
        if (procedure == ProcedureName.REHEARSE) {
            return Stream.concat(
                            Stream.concat(before(), window().limit(4)),
                            Stream.of(
                                    new PlannedStep("resume-clients", "RESUME shop everywhere.", Part.WINDOW),
                                    new PlannedStep("take-back", "Take everything back.", Part.AFTER)))
                    .toList();
        }
        if (!procedure.isSwitch()) {
            return List.of(
                    new PlannedStep("look", "Look at both sides: versions, rights, what is there.", Part.BEFORE),
                    new PlannedStep("dump-schema", "Read the schema of shop with pg_dump.", Part.BEFORE),
                    new PlannedStep(
                            "restore-schema",
                            "Create roles and schema on the target, in one transaction; secondary indexes wait.",
                            Part.BEFORE),
                    new PlannedStep("compare", "Compare both schemas.", Part.AFTER));
        }
        return Stream.concat(before(), Stream.concat(window(), after())).toList();
    }

    private static Stream<PlannedStep> before() {
        return Stream.of(
                new PlannedStep("open-connections", "Open every connection that the window needs.", Part.BEFORE),
                new PlannedStep("probe-way-back", "See that the source can subscribe to the target.", Part.BEFORE),
                new PlannedStep(
                        "probe-poolers", "Sign in to the target through every pooler, by an alias.", Part.BEFORE),
                new PlannedStep(
                        "write-configuration", "Write the new pooler configurations beside the old.", Part.BEFORE),
                new PlannedStep(
                        "push-sequences",
                        "Push 2 001 sequences ahead by 1 000.",
                        Part.BEFORE,
                        List.of(told("target/shop", "select setval('shop.orders_id_seq', ⟨their values then⟩)")),
                        1_980,
                        null),
                new PlannedStep("create-opposite-slot", "Create the slot of the way back.", Part.BEFORE),
                new PlannedStep("wait-for-calm", "Wait until lag is small and no transaction is old.", Part.BEFORE));
    }

    private static Stream<PlannedStep> window() {
        return Stream.of(
                new PlannedStep(
                        "pause-poolers",
                        "PAUSE shop on bouncer-a and bouncer-b.",
                        Part.WINDOW,
                        List.of(
                                new PlannedAction(ActionKind.CONSOLE, "bouncer-a", "PAUSE \"shop\"", false, null),
                                new PlannedAction(ActionKind.CONSOLE, "bouncer-b", "PAUSE \"shop\"", false, null)),
                        0,
                        null),
                new PlannedStep("fence", "Fence the source: read-only by default, other sessions ended.", Part.WINDOW),
                new PlannedStep("drain", "Wait until no client holds a transaction.", Part.WINDOW),
                new PlannedStep(
                        "barrier",
                        "Prove that the target has flushed everything.",
                        Part.WINDOW,
                        List.of(),
                        0,
                        "Not known to the end: the target did not answer."),
                new PlannedStep(
                        "set-sequences",
                        "Set the sequences that outran their margin.",
                        Part.WINDOW,
                        List.of(new PlannedAction(
                                ActionKind.STATEMENT,
                                "target/shop",
                                "select setval('⟨those that outran what they were set to⟩', ⟨their values then⟩)",
                                true,
                                "only if some did")),
                        0,
                        null),
                new PlannedStep("disable-link", "Stop the forward link.", Part.WINDOW),
                new PlannedStep("advance-slot", "Let the way back begin here.", Part.WINDOW),
                new PlannedStep("pivot", "The point of no return.", Part.PIVOT),
                new PlannedStep("activate", "Activate the new configuration on every pooler.", Part.COMPLETION),
                new PlannedStep("resume-poolers", "RESUME shop on bouncer-a and bouncer-b.", Part.COMPLETION));
    }

    private static PlannedAction told(String where, String statement) {
        return new PlannedAction(ActionKind.STATEMENT, where, statement, false, null);
    }

    private static Stream<PlannedStep> after() {
        return Stream.of(
                new PlannedStep(
                        "prove-clients", "Prove through every pooler that clients reach the target.", Part.AFTER),
                new PlannedStep("drop-forward", "Drop the forward subscription and its slot.", Part.AFTER),
                new PlannedStep("create-reverse", "Create the reverse subscription.", Part.AFTER),
                new PlannedStep("prove-way-back", "See a row written on the target arrive on the source.", Part.AFTER));
    }

    static List<GuardResult> guards(ProcedureName procedure, MadeUp project) {
        if (!procedure.holdsClients()) {
            return List.of(
                    new GuardResult("endpoints-answer", true, "Both clusters and 2 poolers answer."),
                    new GuardResult("no-other-run", true, "No other run is under way."));
        }
        boolean away =
                project.snapshot() != null && !project.snapshot().unreachable().isEmpty();
        return List.of(
                new GuardResult("tables-ready", true, "All 45 tables are ready."),
                new GuardResult(
                        "workers-running",
                        !away,
                        away
                                ? "The apply worker of shop does not run: the target does not answer. Bring it back first."
                                : "Every apply worker runs; the last error is more than an hour ago."),
                new GuardResult("lag", true, "12 kB behind; the limit is 1.0 MB."),
                new GuardResult("poolers", true, "bouncer-a and bouncer-b answer and are not paused."),
                new GuardResult("pool-mode", true, "Both pool transactions, not sessions."),
                new GuardResult("replica-identity", true, "Every table has a replica identity."),
                new GuardResult(
                        "long-transactions",
                        !away,
                        away
                                ? "A transaction on the source is 4 min old (pid 4711, app cron). Wait for it or end it."
                                : "No transaction is older than 10 s."),
                new GuardResult("configuration-diff", true, "Only the mapped entries change."),
                new GuardResult("way-back-probed", true, "The source can subscribe to the target."));
    }

    static List<PoolerDifference> differences() {
        return List.of(
                new PoolerDifference(
                        "bouncer-a",
                        List.of(
                                "-shop = host=db-old.internal port=5432 dbname=shop password=•••• pool_size=20",
                                "+shop = host=db-new.internal port=5432 dbname=shop password=•••• pool_size=20")),
                new PoolerDifference(
                        "bouncer-b",
                        List.of(
                                "-shop = host=db-old.internal port=5432 dbname=shop",
                                "+shop = host=db-new.internal port=5432 dbname=shop",
                                "-shop_reports = host=db-old.internal port=5432 dbname=shop user=reports",
                                "+shop_reports = host=db-new.internal port=5432 dbname=shop user=reports")));
    }
}
