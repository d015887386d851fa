package dev.upshift.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a start of the control plane does with what an earlier one left. */
class InterruptedRunsTests {

    private final EngineWorld world = new EngineWorld();
    private final MemoryLocks locks = world.locks;
    private final OneProject projects = new OneProject(world.project);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger ended = new AtomicInteger();

    private void start(RunLocks theLocks) {
        InterruptedRuns watch = watch(theLocks);
        world.steps = world.everyKind();
        await().until(() -> {
            watch.takeUp();
            return world.runs.interrupted().isEmpty() && !locks.isHeld();
        });
    }

    /** That of a new process. */
    private InterruptedRuns watch(RunLocks theLocks) {
        Engine engine = world.process();
        Retries takeUps = Retries.everLater(Duration.ofSeconds(1), Duration.ofMinutes(1), world.waiting, world.clock);
        return new InterruptedRuns(
                world.runs,
                theLocks,
                world.executing(),
                world.waiting,
                new LeftRuns(world.runs, world.statuses, projects, engine, takeUps, registry));
    }

    private RunLocks acquiring(Supplier<Optional<RunLock>> acquire) {
        return new RunLocks() {
            @Override
            public Optional<RunLock> acquire(long projectId) {
                return acquire.get();
            }

            @Override
            public void endHolder(long projectId, Instant before) {
                ended.incrementAndGet();
                locks.endHolder(projectId, before);
            }
        };
    }

    private void leaveBehind(String moment) {
        EngineWorld counting = new EngineWorld();
        var moments = counting.moments();
        counting.run(counting.everyKind());
        world.dieAt(moments.indexOf(moment));
        world.run(world.everyKind());
        world.nobodyDies();
    }

    @Test
    void beforeThePivotARunGoesBack() {
        leaveBehind("after do fence");

        start(locks);

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.runs.latest().outcome()).isEqualTo("The control plane ended during the run.");
        assertThat(world.effects).isEmpty();
    }

    /** Whoever accepted it has died with it. */
    @Test
    void anAbortThatWasAcceptedIsTheReason() {
        leaveBehind("after do fence");
        assertThat(world.runs.requestAbort(world.runs.latest().id(), "ola")).isTrue();

        start(locks);

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.runs.latest().outcome()).isEqualTo("Aborted by ola.");
    }

    @Test
    void pastThePivotARunGoesOn() {
        leaveBehind("before do activate");

        start(locks);

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.effects).isEqualTo(EngineWorld.everything());
    }

    /** A cutover must not begin by itself because the control plane starts. */
    @Test
    void aRunThatHadNotBegunDoesNotBeginNow() {
        world.statuses.begin(MemoryRuns.PROJECT, "shop", ProcedureName.CUTOVER, "version", "mara", null);

        start(locks);

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.chronicle.lines("do ")).isEmpty();
    }

    @Test
    void anOwnerThatDoesNotSeemToBeGoneYetIsWaitedFor() {
        leaveBehind("after do fence");
        AtomicInteger busy = new AtomicInteger(3);

        start(acquiring(() -> busy.getAndDecrement() > 0 ? Optional.empty() : locks.acquire(7)));

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void aRunThatItsOwnerHasEndedMeanwhileIsLeftAlone() {
        leaveBehind("after do fence");
        Run left = world.runs.latest();

        start(acquiring(() -> {
            int epoch = world.runs.takeOver(left).epoch();
            world.runs.move(left, epoch, RunStatus.RUNNING, RunStatus.BLOCKED, "Look.", null);
            return locks.acquire(7);
        }));

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(world.chronicle.lines("undo")).isEmpty();
    }

    @Test
    void aRunOfAProjectThatIsGoneWaitsForAPerson() {
        leaveBehind("after do fence");
        projects.becomes(null);

        start(locks);

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(world.runs.latest().outcome()).contains("its project was removed");
        assertThat(locks.isHeld()).isFalse();
    }

    @Test
    void aNewProjectOfTheSameSlugIsNotTouched() {
        leaveBehind("after do fence");
        Project old = ExampleProjects.shop();
        projects.becomes(new Project(
                8,
                old.slug(),
                old.name(),
                old.source(),
                old.target(),
                old.databases(),
                old.poolers(),
                old.settings(),
                old.phase(),
                old.servingSide(),
                1,
                old.createdAt(),
                old.createdAt()));

        start(locks);

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(world.chronicle.lines("undo")).isEmpty();
    }

    @Test
    void aMetadataDatabaseThatDoesNotAnswerAtOnceIsAskedAgain() {
        leaveBehind("after do fence");
        AtomicInteger away = new AtomicInteger(2);

        start(acquiring(() -> {
            if (away.getAndDecrement() > 0) {
                throw new IllegalStateException("The metadata database did not answer");
            }
            return locks.acquire(7);
        }));

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
    }

    /** A process that is stopped keeps its connections, and so its lock. */
    @Test
    void anOwnerThatHangsIsReplacedAndItsSuccessorLooksAfterThePoolersForAWhile() {
        leaveBehind("after do fence");
        world.runs.formerOwnerWasSilentFor(Duration.ofSeconds(2));
        assertThat(locks.acquire(7)).isPresent();

        start(acquiring(() -> locks.acquire(7)));

        assertThat(ended).hasPositiveValue();
        assertThat(registry.get("upshift.run.takeovers")
                        .tag("procedure", "cutover")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.chronicle.lines())
                .containsSubsequence("replace former owner", "release", "undo hold", "keep serving", "status ABORTED");
    }

    /** It may be about to begin. */
    @Test
    void anOwnerWithoutALeaseKeepsItsLock() {
        leaveBehind("after do fence");
        assertThat(locks.acquire(7)).isPresent();

        watch(acquiring(() -> locks.acquire(7))).takeUp();

        assertThat(ended).hasValue(0);
        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.RUNNING);
    }
}
