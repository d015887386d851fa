package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.LeaseKeeper;
import dev.upshift.engine.internal.lease.MemoryLeases;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.engine.internal.walk.Patience;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One run over a journal in memory, for tests of real procedures: engines come and go like processes, and each knows
 * only what the journal and the record say.
 */
public final class EngineBench {

    private static final Patience PATIENCE =
            new Patience(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(2), Duration.ofSeconds(1));

    private static final long LONG_ENOUGH_SECONDS = 30;

    private final Chronicle chronicle = new Chronicle();
    private final MemoryRuns runs = new MemoryRuns(chronicle);
    private final MemoryLeases leases = new MemoryLeases();
    private final MemoryJournal journal = new MemoryJournal(runs, chronicle);
    private final Clock clock;
    private final Waiting waiting;
    private CountDownLatch over = new CountDownLatch(0);
    private ExecutingRuns executing;
    private Engine engine;

    public EngineBench(Clock clock, Waiting waiting) {
        this.clock = clock;
        this.waiting = waiting;
    }

    /** Starts the run in a new process; {@code moments} hears of every commit right before and right after. */
    public void start(
            Procedure procedure, Project project, @Nullable Side without, Ports ports, Consumer<String> moments) {
        RunStatuses statuses = process(procedure, ports, moments);
        Run run = statuses.begin(project.id(), project.slug(), procedure.name(), "version", "mara", without);
        engine.execute(project, run, lock());
    }

    /** A new process takes the run up as it is recorded. */
    public void takeUp(Procedure procedure, Project project, Ports ports, Consumer<String> moments) {
        process(procedure, ports, moments);
        engine.takeUp(project, runs.latest(), lock());
    }

    private RunStatuses process(Procedure procedure, Ports ports, Consumer<String> moments) {
        chronicle.onMoments(moments);
        Retries retries = Retries.every(PATIENCE.metadata(), waiting, clock);
        RunStatuses statuses =
                new RunStatuses(runs, TransactionOperations.withoutTransaction(), event -> {}, clock, retries);
        KnownProcedures procedures = new KnownProcedures(List.of(procedure), ports);
        executing = new ExecutingRuns(ports, event -> {});
        engine = new Engine(
                procedures,
                new TakeOvers(
                        runs,
                        new LeaseKeeper(leases, EngineWorld.TERMS, waiting, System::nanoTime, work -> {}),
                        EngineWorld.TERMS),
                new Executions(journal, clock, retries, PATIENCE, event -> {}, ports),
                executing,
                statuses,
                new LatePause(procedures, runs, new MemoryLocks(), ports));
        return statuses;
    }

    /** The same ports for an owner of a run. */
    public static Ports owned(Ports ports, Ownership owner) {
        return ports.ownedBy(owner);
    }

    private RunLock lock() {
        CountDownLatch latch = new CountDownLatch(1);
        over = latch;
        return latch::countDown;
    }

    /** Waits until the run's owner has freed the lock, or is dead. */
    public void await() {
        try {
            if (!over.await(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The run does not end: " + chronicle.lines());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Run run() {
        return runs.latest();
    }

    public boolean isPastPivot() {
        return journal.isPastPivot();
    }

    /** Like {@code copy STARTED}, in order. */
    public List<String> journal() {
        return journal.lines();
    }

    /** The metadata database does not answer these writes of the journal. */
    public void refuse(Predicate<List<JournalEntry>> writes) {
        journal.refuse(writes);
    }

    /** The metadata database commits these writes of the journal, but the answer does not arrive. */
    public void loseAnswer(Predicate<List<JournalEntry>> writes) {
        journal.loseAnswer(writes);
    }

    /** Somebody gives up what waits for him; the next process goes back. */
    public void abortBlocked() {
        chronicle.onMoments(moment -> {}); // whoever blocked it has ended
        Run run = runs.latest();
        runs.move(run, run.epoch(), RunStatus.BLOCKED, RunStatus.ABORTING, "Aborted by mara.", null);
    }

    /** Somebody aborts the run while it is executed. */
    public void abort() {
        long run = runs.latest().id();
        if (runs.requestAbort(run, "mara")) {
            executing.abort(run, "mara");
        }
    }
}
