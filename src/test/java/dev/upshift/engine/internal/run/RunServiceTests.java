package dev.upshift.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStarted;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.plan.PlanDrawing;
import dev.upshift.engine.internal.plan.Planner.Recording;
import dev.upshift.engine.internal.record.RunsUseProjects;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people and tools may wish for, and what they are told when they may not. */
class RunServiceTests {

    private final EngineWorld world = new EngineWorld();
    private final MemoryLocks locks = new MemoryLocks();
    private final OneProject projects = new OneProject(world.project);
    private final MemoryStopSwitch stopSwitch = new MemoryStopSwitch();
    private List<String> recorded = List.of();
    private Runnable whilePlanning = () -> {};
    private final RunService desk = desk();

    private RunService desk() {
        RunLookup lookup = new RunLookup(projects, world.runs, world.journal, world.executing());
        Plans plans = new Plans(
                world.procedures(), world.runs, new PlanDrawing(stopSwitch, this::recorded, ExamplePorts.of()));
        NewRuns newRuns = new NewRuns(world.statuses, () -> "mara", projects);
        BlockedRuns blockedRuns = new BlockedRuns(lookup, locks, world.engine(), stopSwitch);
        return new RunService(
                lookup,
                plans,
                new RunStart(projects, plans, locks, newRuns, world.engine()),
                new RunAborts(lookup, world.runs, blockedRuns, world.executing(), world.engine(), () -> "mara"),
                blockedRuns);
    }

    private Recording recorded(Project project, Procedure procedure) {
        whilePlanning.run();
        try (Script script = procedure.script(project, Optional.empty(), ExamplePorts.of())) {
            return new Recording(script.planned(), recorded);
        }
    }

    @BeforeEach
    void steps() {
        world.steps = world.everyKind();
    }

    private String version() {
        return desk.plan("shop", ProcedureName.CUTOVER).version();
    }

    @Test
    void whatWasRecordedIsPartOfTheVersion() {
        String before = version();

        recorded = List.of("raise-fence: alter database shop set default_transaction_read_only = on");

        assertThat(version()).isNotEqualTo(before);
    }

    private Run startCutover() {
        return desk.start("shop", ProcedureName.CUTOVER, version(), "shop");
    }

    private Run settled() {
        await().until(() -> !locks.isHeld());
        return world.runs.latest();
    }

    private RunRefused refusal(Runnable wish) {
        RunRefused refused = catchThrowableOfType(RunRefused.class, wish::run);
        assertThat(refused).isNotNull();
        assertThat(locks.isHeld()).as("lock").isFalse();
        return refused;
    }

    @Test
    void aPlanShowsGuardsAndSteps() {
        world.guards = List.of(new GuardResult("lag", true, "Small."));

        Plan plan = desk.plan("shop", ProcedureName.CUTOVER);

        assertThat(plan.allowed()).isTrue();
        assertThat(plan.guards())
                .extracting(GuardResult::guard)
                .containsExactly("phase", "runs-allowed", "no-other-run", "lag");
        assertThat(plan.steps())
                .hasSize(11)
                .first()
                .satisfies(step -> assertThat(step.part()).isEqualTo(Part.BEFORE));
        assertThat(world.scriptClosed).isTrue();
    }

    /** Each waits for the other to have begun. */
    @Test
    void aPlanIsExaminedAndRecordedAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        whilePlanning = () -> meet(both);
        world.whileExamining = () -> meet(both);

        assertThat(desk.plan("shop", ProcedureName.CUTOVER).allowed()).isTrue();
    }

    /** Its sessions would be open behind the answer. */
    @Test
    void aPlanThatCannotBeExaminedFailsAfterItsRecordingIsOver() {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicBoolean over = new AtomicBoolean();
        whilePlanning = () -> {
            meet(both);
            over.set(true);
        };
        world.whileExamining = () -> {
            meet(both);
            throw new IllegalStateException("The source is gone.");
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> desk.plan("shop", ProcedureName.CUTOVER))
                .withMessage("The source is gone.");
        assertThat(over).isTrue();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("The other one did not come.", alone);
        }
    }

    /** It is recorded beside the guards, and fails as if it were not. */
    @Test
    void aPlanThatCannotBeRecordedFailsWithTheReason() {
        whilePlanning = () -> {
            throw new IllegalStateException("Nobody answers.");
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> desk.plan("shop", ProcedureName.CUTOVER))
                .withMessage("Nobody answers.");
    }

    @Test
    void aPlanOfAnotherPhaseIsRefusedWithoutAskingAnyServer() {
        projects.becomes(ExampleProjects.shop(Phase.DRAFT, Side.SOURCE));

        Plan plan = desk.plan("shop", ProcedureName.CUTOVER);

        assertThat(plan.allowed()).isFalse();
        assertThat(plan.blockedReasons())
                .containsExactly("“Cut over” is possible when the project is replicating; it is a draft.");
        assertThat(world.examinations).isZero();
    }

    @Test
    void aRunIsStartedUnderTheNameOfWhoeverAsked() {
        Run run = startCutover();

        assertThat(run.number()).isEqualTo(1);
        assertThat(run.startedBy()).isEqualTo("mara");
        assertThat(settled().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.events)
                .first()
                .isEqualTo(new RunStarted(7, "shop", 1, ProcedureName.CUTOVER, run.planVersion(), "mara", null));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProcedureName.class,
            names = {"CUTOVER", "ROLLBACK", "FINISH", "ABANDON"})
    void whatCannotBeTakenBackLightlyNeedsTheSlug(ProcedureName name) {
        String version = desk.plan("shop", name).version();

        assertThat(refusal(() -> desk.start("shop", name, version, null)))
                .hasMessageContaining("Type the project's slug");
        assertThat(refusal(() -> desk.start("shop", name, version, "Shop"))).hasMessageContaining("“shop”");
        assertThat(world.runs.of(7)).isEmpty();
    }

    @Test
    void aSideIsLeftOutOnlyInWordsThatSayIt() {
        String both = desk.plan("shop", ProcedureName.ABANDON).version();
        world.leftOut = new LeftOut(
                Side.TARGET,
                "new.example:5432",
                "Nothing accepts connections there.",
                ProcedureName.confirmationWithout("shop", Side.TARGET),
                List.of(),
                List.of(),
                "");
        String without = desk.plan("shop", ProcedureName.ABANDON).version();

        assertThat(without).isNotEqualTo(both);
        assertThat(refusal(() -> desk.start("shop", ProcedureName.ABANDON, without, "shop")))
                .hasMessageContaining("The target at new.example:5432 does not answer")
                .hasMessageContaining("type “shop without target”")
                .hasMessageContaining("Nothing was started");
        assertThat(refusal(() -> desk.start("shop", ProcedureName.ABANDON, without, "shop without source")))
                .hasMessageContaining("Type the project's slug");
        assertThat(refusal(() -> desk.start("shop", ProcedureName.ABANDON, both, "shop without target")))
                .hasMessageContaining("changed since you saw it");
        assertThat(refusal(() -> desk.start("shop", ProcedureName.CUTOVER, without, "shop without target")))
                .hasMessageContaining("Type the project's slug");
        assertThat(world.runs.of(7)).isEmpty();

        Run run = desk.start("shop", ProcedureName.ABANDON, without, "shop without target");

        assertThat(run.without()).contains(Side.TARGET);
        assertThat(settled().without()).contains(Side.TARGET);
        assertThat(world.events)
                .first()
                .isEqualTo(new RunStarted(7, "shop", 1, ProcedureName.ABANDON, without, "mara", Side.TARGET));
    }

    @Test
    void wordsThatSayThatASideIsGoneDoNothingWhereItIsThere() {
        String both = desk.plan("shop", ProcedureName.ABANDON).version();

        Run run = desk.start("shop", ProcedureName.ABANDON, both, "shop without target");

        assertThat(run.without()).isEmpty();
        assertThat(settled().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** Whoever means a rehearsal cannot start a cutover, nor the other way round. */
    @Test
    void aRehearsalHasWordsOfItsOwn() {
        String rehearsal = desk.plan("shop", ProcedureName.REHEARSE).version();

        assertThat(rehearsal).isNotEqualTo(version());
        assertThat(refusal(() -> desk.start("shop", ProcedureName.REHEARSE, rehearsal, "shop")))
                .hasMessageContaining("Type “rehearse shop”");
        assertThat(refusal(() -> desk.start("shop", ProcedureName.CUTOVER, version(), "rehearse shop")))
                .hasMessageContaining("project's slug “shop”");
        assertThat(refusal(() -> desk.start("shop", ProcedureName.CUTOVER, rehearsal, "shop")))
                .hasMessageContaining("changed since you saw it");
        assertThat(refusal(() -> desk.start("shop", ProcedureName.REHEARSE, null, "rehearse shop")))
                .hasMessageContaining("planVersion");
        assertThat(world.runs.of(7)).isEmpty();

        desk.start("shop", ProcedureName.REHEARSE, rehearsal, "rehearse shop");
        assertThat(settled().procedure()).isEqualTo(ProcedureName.REHEARSE);
    }

    @Test
    void aSwitchNeedsTheVersionThatWasSeen() {
        assertThat(refusal(() -> desk.start("shop", ProcedureName.CUTOVER, null, "shop")))
                .hasMessageContaining("planVersion");
    }

    @Test
    void anythingElseNeedsNeither() {
        desk.start("shop", ProcedureName.VERIFY, null, null);

        assertThat(settled().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ProcedureName.class,
            names = {"CUTOVER", "VERIFY"})
    void aVersionThatIsNotTheCurrentOneIsRefused(ProcedureName name) {
        String seen = desk.plan("shop", name).version();
        world.steps = world.everyKind().subList(0, 3);

        assertThat(refusal(() -> desk.start("shop", name, seen, "shop")))
                .hasMessageContaining("changed since you saw it")
                .hasMessageContaining(desk.plan("shop", name).shortVersion());
        assertThat(world.runs.of(7)).isEmpty();
    }

    @Test
    void everyObjectionIsTold() {
        world.guards = List.of(
                new GuardResult("lag", false, "Lag is 5 MB."),
                new GuardResult("workers", true, "All run."),
                new GuardResult("poolers", false, "bouncer-a is paused."));

        assertThat(refusal(this::startCutover).reasons()).containsExactly("Lag is 5 MB.", "bouncer-a is paused.");
    }

    @Test
    void aRunOfAnotherControlPlaneIsWaitedFor() {
        String version = version();
        RunLocks.RunLock held = locks.acquire(7).orElseThrow();

        assertThatExceptionOfType(RunRefused.class)
                .isThrownBy(() -> desk.start("shop", ProcedureName.CUTOVER, version, "shop"))
                .withMessageContaining("Another run of this project is active");
        assertThat(locks.isHeld()).as("still theirs").isTrue();
        held.close();
    }

    @Test
    void aRunThatIsBlockedBlocksOthers() {
        blockedAfterPivot();

        assertThat(refusal(this::startCutover).reasons())
                .containsExactly("Another run of this project is not over; wait for it, continue it or abort it.");
        assertThat(desk.available("shop"))
                .extracting(Available::reason)
                .containsOnly("Another run of this project is not over.");
    }

    /** The run that held the lock a moment ago may have moved the project; what was read before that is stale. */
    @Test
    void theProjectIsReadUnderTheLock() {
        String version = version();
        projects.becomesAfterNextLook(ExampleProjects.shop(Phase.CUT_OVER, Side.TARGET));

        assertThat(refusal(() -> desk.start("shop", ProcedureName.CUTOVER, version, "shop")))
                .hasMessageContaining("it is cut over");
        assertThat(world.runs.of(7)).isEmpty();
    }

    /** Planning takes a second or two, and servers can be changed as long as no run is there. */
    @Test
    void aProjectThatIsChangedWhileItIsPlannedStartsNothing() {
        String version = version();
        whilePlanning = () -> projects.becomes(ExampleProjects.shop(Phase.CUT_OVER, Side.TARGET));

        assertThat(refusal(() -> desk.start("shop", ProcedureName.CUTOVER, version, "shop")))
                .hasMessage("Somebody changed the project meanwhile; nothing was started. Look at the plan again.");
        assertThat(world.runs.of(7)).isEmpty();
        assertThat(locks.isHeld()).isFalse();
    }

    @Test
    void aScriptThatCannotBeBuiltLeavesNoLock() {
        String version = version();
        world.scriptTrouble = new IllegalStateException("No configuration store of this type");

        assertThat(catchThrowable(() -> desk.start("shop", ProcedureName.CUTOVER, version, "shop")))
                .hasMessage("No configuration store of this type");
        assertThat(locks.isHeld()).isFalse();
        assertThat(world.runs.of(7)).isEmpty();
    }

    @Test
    void whatThePhaseAllowsIsAvailable() {
        assertThat(desk.available("shop"))
                .hasSize(ProcedureName.values().length)
                .extracting(Available::reason)
                .containsOnlyNulls();

        projects.becomes(ExampleProjects.shop(Phase.DRAFT, Side.SOURCE));
        assertThat(desk.available("shop"))
                .extracting(Available::reason)
                .allSatisfy(reason -> assertThat(reason).contains("it is a draft"));
    }

    @Test
    void aRunThatIsOverCanNeitherBeAbortedNorContinued() {
        startCutover();
        settled();

        assertThat(refusal(() -> desk.abort("shop", 1))).hasMessage("Run 1 is SUCCEEDED and cannot be aborted.");
        assertThat(refusal(() -> desk.resume("shop", 1)))
                .hasMessage("Run 1 is SUCCEEDED; only a blocked run can be continued.");
    }

    @Test
    void aRunThatDoesNotExistIsNamed() {
        assertThat(refusal(() -> desk.abort("shop", 9))).hasMessage("There is no run 9 in this project.");
        assertThat(refusal(() -> desk.resume("shop", 9))).hasMessage("There is no run 9 in this project.");
        assertThat(refusal(() -> desk.journal("shop", 9))).hasMessage("There is no run 9 in this project.");
        assertThat(desk.run("shop", 9)).isEmpty();
        assertThat(desk.pause("shop", 9)).isEmpty();
    }

    @Test
    void aProjectThatDoesNotExistIsNamed() {
        assertThatExceptionOfType(ProjectNotFound.class).isThrownBy(() -> desk.plan("other", ProcedureName.VERIFY));
        assertThatExceptionOfType(ProjectNotFound.class).isThrownBy(() -> desk.runs("other"));
    }

    @Test
    void nothingStartsWhileAllRunsAreStopped() {
        String version = version();
        stopSwitch.stop(StopSwitch.STOP, "storage trouble");

        assertThat(refusal(() -> desk.start("shop", ProcedureName.CUTOVER, version, "shop")))
                .hasMessage(
                        "All runs are stopped: by ola, because: storage trouble. An operator has to allow runs first.");
    }

    @Test
    void anAbortOfARunThatIsExecutedElsewhereIsWrittenDown() {
        world.statuses.begin(7, "shop", ProcedureName.CUTOVER, "version", "mara", null);

        assertThat(desk.abort("shop", 1).status()).isEqualTo(RunStatus.RUNNING);

        assertThat(world.runs.passPivot()).isEqualTo("mara");
    }

    /** What blocks it may be an address or a password that has changed. */
    @Test
    void aProjectIsInUseWhileARunIsExecutedNotWhileItIsBlocked() {
        RunsUseProjects uses = new RunsUseProjects(world.runs);
        assertThat(uses.by(MemoryRuns.PROJECT)).isEmpty();

        world.statuses.begin(MemoryRuns.PROJECT, "shop", ProcedureName.CUTOVER, "version", "mara", null);
        assertThat(uses.by(MemoryRuns.PROJECT))
                .contains("Run 1 (Cut over) works with these servers and poolers. Wait until it is over, or abort it.");

        Run run = world.runs.latest();
        world.runs.move(run, run.epoch(), RunStatus.RUNNING, RunStatus.BLOCKED, "It did not succeed.", null);
        assertThat(uses.by(MemoryRuns.PROJECT)).isEmpty();
    }

    @Test
    void aRunBlockedPastThePivotCanOnlyBeContinued() {
        blockedAfterPivot();

        assertThat(refusal(() -> desk.abort("shop", 1))).hasMessageContaining("past the point of no return");
        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.BLOCKED);

        world.steps = world.everyKind();
        desk.resume("shop", 1);
        assertThat(settled().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(desk.journal("shop", 1)).isNotEmpty();
    }

    /** The order would abort it at once, and what was copied for days would be thrown away. */
    @Test
    void aRunThatKeepsWhatItHasIsNotContinuedUnderAnOrderToStop() {
        world.steps = List.of(
                world.step("publish", Part.BEFORE),
                world.step("copy", Part.BEFORE).kept().first(StepOutcome.failed("A duplicate key.")));
        desk.start("shop", ProcedureName.REPLICATE, null, null);
        assertThat(settled().status()).isEqualTo(RunStatus.BLOCKED);
        stopSwitch.stop(StopSwitch.STOP, "storage trouble");

        assertThat(refusal(() -> desk.resume("shop", 1))).hasMessageStartingWith("All runs are stopped: by ola");
        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.BLOCKED);

        stopSwitch.allow(StopSwitch.ALLOW);
        desk.resume("shop", 1);
        assertThat(settled().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aRunPastThePivotIsContinuedUnderAnOrderToStop() {
        blockedAfterPivot();
        stopSwitch.stop(StopSwitch.STOP, "storage trouble");

        world.steps = world.everyKind();
        desk.resume("shop", 1);

        assertThat(settled().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aRunBlockedBeforeThePivotCanBeAborted() {
        world.steps = List.of(
                world.step("publish", Part.BEFORE),
                world.step("copy", Part.BEFORE).kept().first(StepOutcome.failed("A duplicate key.")));
        desk.start("shop", ProcedureName.REPLICATE, null, null);
        assertThat(settled().status()).isEqualTo(RunStatus.BLOCKED);

        desk.abort("shop", 1);

        assertThat(settled().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.runs.latest().outcome()).isEqualTo("Aborted by mara.");
        assertThat(world.effects).isEmpty();
        assertThat(world.journal.has(Event.UNDONE, "publish")).isTrue();
    }

    private void blockedAfterPivot() {
        String version = version();
        world.steps = world.everyKind();
        world.steps.getLast().first(StepOutcome.failed("The disk is full."));
        desk.start("shop", ProcedureName.CUTOVER, version, "shop");
        assertThat(settled().status()).isEqualTo(RunStatus.BLOCKED);
    }
}
