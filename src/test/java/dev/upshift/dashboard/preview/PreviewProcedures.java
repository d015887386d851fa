package dev.upshift.dashboard.preview;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan;
import dev.upshift.engine.Plan.ByHand;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStatus;
import dev.upshift.project.Phase;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans from a book, runs that were made up; starts nothing, but remembers what was to be started. */
public final class PreviewProcedures implements Procedures {

    static final String VERSION = "9f3c51a2b7e04d6688c1f0a9d2e3b4c5";

    /** What somebody wanted to start or abort. */
    public record Order(
            String slug,
            String what,
            @Nullable String planVersion,
            @Nullable String confirmation) {}

    private final MadeUpProjects madeUp;
    private final Clock clock;
    private final List<Order> orders = new ArrayList<>();

    PreviewProcedures(MadeUpProjects madeUp, Clock clock) {
        this.madeUp = madeUp;
        this.clock = clock;
    }

    /** Last first. */
    public List<Order> orders() {
        return orders.reversed();
    }

    @Override
    public Plan plan(String slug, ProcedureName procedure) {
        MadeUp project = madeUp.find(slug).orElseThrow(() -> new ProjectNotFound(slug));
        List<GuardResult> guards = PlanBook.guards(procedure, project);
        return new Plan(
                procedure,
                VERSION,
                guards.stream().allMatch(GuardResult::allowed),
                guards,
                PlanBook.steps(procedure),
                procedure.holdsClients() ? PlanBook.differences() : List.of(),
                procedure.holdsClients() ? rehearsed(project) : null,
                leftOut(project, procedure));
    }

    /** The old server of the orders was deleted. */
    private static @Nullable LeftOut leftOut(MadeUp project, ProcedureName procedure) {
        return procedure == ProcedureName.FINISH && project.project().slug().equals("orders")
                ? new LeftOut(
                        Side.SOURCE,
                        "db-old.internal:5432",
                        "Nothing accepts connections at db-old.internal:5432.",
                        "orders without source",
                        List.of("in orders subscription upshift_orders_orders_4f1c22_reverse, schema upshift"),
                        List.of(
                                new ByHand(
                                        "orders",
                                        "BEGIN READ WRITE; DROP SCHEMA IF EXISTS upshift CASCADE; COMMIT;",
                                        "BEGIN READ WRITE; ALTER DATABASE \"orders\" RESET default_transaction_read_only; COMMIT;")),
                        "If the source comes back, it is still fenced.")
                : null;
    }

    private static @Nullable Rehearsed rehearsed(MadeUp project) {
        return project.runs().stream()
                .filter(run -> run.procedure() == ProcedureName.REHEARSE && run.status() == RunStatus.SUCCEEDED)
                .findFirst()
                .map(run -> new Rehearsed(PreviewRehearsals.report(run), false))
                .orElse(null);
    }

    @Override
    public List<Available> available(String slug) {
        MadeUp project = madeUp.find(slug).orElseThrow(() -> new ProjectNotFound(slug));
        if (project.project().phase().isFinal()) {
            return List.of();
        }
        return Arrays.stream(ProcedureName.values())
                .map(name -> new Available(name, reason(project, name)))
                .toList();
    }

    @Override
    public Run start(
            String slug, ProcedureName procedure, @Nullable String planVersion, @Nullable String confirmation) {
        orders.add(new Order(slug, procedure.word(), planVersion, confirmation));
        LeftOut leftOut = plan(slug, procedure).leftOut();
        String words = leftOut == null ? procedure.confirmation(slug) : leftOut.confirmation();
        if (procedure.needsConfirmation() && !words.equals(confirmation)) {
            throw new RunRefused(List.of("Type " + words + " to confirm."));
        }
        if (planVersion != null && !VERSION.equals(planVersion)) {
            throw new RunRefused(List.of("The plan has changed since it was shown: look at it again."));
        }
        return madeUp.find(slug).orElseThrow().runs().getFirst();
    }

    @Override
    public Run abort(String slug, int number) {
        orders.add(new Order(slug, "abort", null, null));
        Run run = run(slug, number).orElseThrow();
        if (run.status() != RunStatus.RUNNING) {
            throw new RunRefused(List.of("Run " + number + " is past the point of no return."));
        }
        return run;
    }

    @Override
    public Run resume(String slug, int number) {
        orders.add(new Order(slug, "resume", null, null));
        return run(slug, number).orElseThrow();
    }

    @Override
    public Optional<Run> run(String slug, int number) {
        return runs(slug).stream().filter(run -> run.number() == number).findFirst();
    }

    @Override
    public List<Run> runs(String slug) {
        return madeUp.find(slug).map(MadeUp::runs).orElse(List.of());
    }

    @Override
    public List<JournalEntry> journal(String slug, int number) {
        return madeUp.find(slug).map(one -> one.journals().get(number)).orElse(List.of());
    }

    @Override
    public Optional<PauseReading> pause(String slug, int number) {
        return madeUp.find(slug)
                .filter(one -> !one.runs().isEmpty() && one.runs().getFirst().number() == number)
                .filter(one -> !one.runs().getFirst().startedAt().isAfter(clock.instant()))
                .map(MadeUp::pause);
    }

    private static @Nullable String reason(MadeUp project, ProcedureName name) {
        Phase phase = project.project().phase();
        if (project.runs().stream().anyMatch(run -> !run.status().isOver())) {
            return "Another run is under way; there is one at a time.";
        }
        return switch (name) {
            case COPY_SCHEMA -> phase == Phase.DRAFT ? null : "The schema is on the target already.";
            case REPLICATE ->
                switch (phase) {
                    case SCHEMA_COPIED -> null;
                    case DRAFT -> "The target has no schema yet: copy it first.";
                    default -> "Replication runs already.";
                };
            case VERIFY ->
                switch (phase) {
                    case REPLICATING, ROLLED_BACK, CUT_OVER -> null;
                    default -> "There is nothing to compare before replication.";
                };
            case REHEARSE ->
                switch (phase) {
                    case REPLICATING, ROLLED_BACK, CUT_OVER -> null;
                    default -> "There is no switch to rehearse.";
                };
            case CUTOVER ->
                switch (phase) {
                    case REPLICATING, ROLLED_BACK -> null;
                    case CUT_OVER -> "The target serves already.";
                    default -> "Replication must run first, so that the target has all data.";
                };
            case ROLLBACK -> phase == Phase.CUT_OVER ? null : "The source serves: there is nothing to roll back.";
            case FINISH -> phase == Phase.CUT_OVER ? null : "Finish comes after the cutover.";
            case ABANDON -> phase == Phase.CUT_OVER ? "The target serves: roll back first." : null;
        };
    }
}
