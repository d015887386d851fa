package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunChanged;
import dev.upshift.engine.internal.lease.LeaseKeeper;
import dev.upshift.engine.internal.lease.LeaseTerms;
import dev.upshift.engine.internal.lease.MemoryLeases;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.lease.TickingClock;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.engine.internal.walk.Patience;
import dev.upshift.engine.procedure.ClientHold;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Side;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;
import dev.upshift.shared.Watchdogs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A project, a metadata database and what a run changes on servers, all in memory. Engines come and go like processes:
 * what they leave behind is here.
 */
final class EngineWorld {

    static final Patience PATIENCE = new Patience(
            Duration.ofNanos(1000), Duration.ofNanos(1000), Duration.ofSeconds(40), Duration.ofNanos(1000));

    /** A lease that outlasts every test, and seconds of which each look at the clock takes one. */
    static final LeaseTerms TERMS = new LeaseTerms(
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));

    private static final long LONG_ENOUGH_SECONDS = 20;

    final Chronicle chronicle = new Chronicle();
    final MemoryRuns runs = new MemoryRuns(chronicle);
    final MemoryJournal journal = new MemoryJournal(runs, chronicle);
    final MemoryLeases leases = new MemoryLeases();
    final MemoryLocks locks = new MemoryLocks();
    final Set<String> effects = Collections.synchronizedSet(new TreeSet<>());
    final List<Object> events = Collections.synchronizedList(new ArrayList<>());
    final Project project = ExampleProjects.shop();
    final TickingClock clock = new TickingClock(Duration.ofSeconds(1));
    final Waiting waiting = new Waiting(clock);

    List<RecordedStep> steps = List.of();
    volatile Supplier<Optional<PauseReading>> pause = Optional::empty;
    Optional<Long> pauseMillis = Optional.empty();

    @Nullable RuntimeException scriptTrouble;

    /** How steps beside each other are done. */
    Consumer<List<Runnable>> together = work -> work.forEach(Runnable::run);

    /** How what nobody waits for is done. */
    Consumer<Runnable> beside = Runnable::run;

    /** What else happens whenever clients are let go. */
    Runnable onRelease = () -> {};

    volatile Ownership owner = Ownership.UNDISPUTED;
    volatile boolean scriptClosed;
    boolean bellFails;
    /** The side that is not there. */
    @Nullable LeftOut leftOut;

    List<GuardResult> guards = List.of();
    int examinations;
    Runnable whileExamining = () -> {};

    private final Retries retries = Retries.every(PATIENCE.metadata(), waiting, clock);
    private final ThreadLocal<Boolean> inTransaction = ThreadLocal.withInitial(() -> false);
    private final TransactionOperations transactions = new TransactionOperations() {
        @Override
        public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            inTransaction.set(true);
            try {
                return action.doInTransaction(new SimpleTransactionStatus());
            } finally {
                inTransaction.set(false);
            }
        }
    };
    private final ApplicationEventPublisher publisher = event -> {
        if (event instanceof RunChanged) {
            if (bellFails) {
                throw new IllegalStateException("The page is gone");
            }
            return;
        }
        chronicle.add((inTransaction.get() ? "" : "outside a transaction: ")
                + event.getClass().getSimpleName());
        events.add(event);
    };
    final RunStatuses statuses = new RunStatuses(runs, transactions, publisher, clock, retries);

    /** Renews when it is told to. */
    final LeaseKeeper keeper =
            new LeaseKeeper(leases, TERMS, new Waiting(Clock.systemUTC()), System::nanoTime, work -> {});

    private volatile CountDownLatch over = new CountDownLatch(0);
    private KnownProcedures procedures;
    private ExecutingRuns executing;
    private Engine engine = process();

    RecordedStep step(String name, Part part) {
        return new RecordedStep(name, part, effects, chronicle);
    }

    /** One step of each kind and more, as fresh objects: what a process knows of them is gone with it. */
    List<RecordedStep> everyKind() {
        return List.of(
                step("stage", Part.BEFORE),
                step("prepare", Part.BEFORE),
                step("hold", Part.WINDOW),
                step("fence", Part.WINDOW),
                step("drain", Part.WINDOW),
                step("look", Part.WINDOW).looking(),
                step("pivot", Part.PIVOT),
                step("activate", Part.COMPLETION),
                step("resume", Part.COMPLETION),
                step("record", Part.AFTER),
                step("clean", Part.AFTER));
    }

    /** All that a run of {@link #everyKind} leaves behind when it went through. */
    static Set<String> everything() {
        return Set.of("stage", "prepare", "hold", "fence", "drain", "activate", "resume", "record", "clean");
    }

    /** A new process; what the old one had in memory is gone. */
    Engine process() {
        Ports ports = ports();
        procedures = new KnownProcedures(
                Arrays.stream(ProcedureName.values())
                        .<Procedure>map(Recorded::new)
                        .toList(),
                ports);
        executing = new ExecutingRuns(ports, publisher);
        engine = new Engine(
                procedures,
                new TakeOvers(runs, keeper, TERMS),
                new Executions(journal, clock, retries, PATIENCE, publisher, ports),
                executing,
                statuses,
                new LatePause(procedures, runs, locks, ports));
        return engine;
    }

    private Ports ports() {
        Timing timing = new Timing(waiting, new AsTold(), Watchdogs.onPlatformThreads(), true);
        return ExamplePorts.of(new OneProject(project), timing);
    }

    Engine engine() {
        return engine;
    }

    KnownProcedures procedures() {
        return procedures;
    }

    ExecutingRuns executing() {
        return executing;
    }

    /** Starts a run and waits until it stands still. */
    Run run(RecordedStep... newSteps) {
        return run(List.of(newSteps));
    }

    Run run(List<RecordedStep> newSteps) {
        begin(newSteps);
        return await();
    }

    /** Starts a run. */
    Run begin(List<RecordedStep> newSteps) {
        steps = newSteps;
        Run run = statuses.begin(project.id(), project.slug(), ProcedureName.CUTOVER, "version", "mara", null);
        engine.execute(project, run, lock());
        return run;
    }

    /** Lets the engine go on with the latest run, as it is recorded, and waits until it stands still. */
    Run takeUp(List<RecordedStep> newSteps) {
        steps = newSteps;
        engine.takeUp(project, runs.latest(), lock());
        return await();
    }

    RunLock lock() {
        CountDownLatch latch = new CountDownLatch(1);
        over = latch;
        return latch::countDown;
    }

    /** Opens when the owner that was started last has freed the lock, or is dead. */
    CountDownLatch over() {
        return over;
    }

    /** Waits until the run's owner has freed the lock, or is dead. */
    Run await() {
        try {
            if (!over.await(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The run does not end: " + chronicle.lines());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return runs.latest();
    }

    /** The process dies at the given moment: nothing that it would have done afterwards happens. */
    void dieAt(int moment) {
        AtomicInteger left = new AtomicInteger(moment);
        chronicle.onMoments(what -> {
            if (left.getAndDecrement() == 0) {
                die();
            }
        });
    }

    private void die() {
        over.countDown();
        while (true) {
            LockSupport.park();
        }
    }

    /** Collects the names of all moments from here on. */
    List<String> moments() {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        chronicle.onMoments(names::add);
        return names;
    }

    /** From here on no process dies. */
    void nobodyDies() {
        chronicle.onMoments(what -> {});
    }

    /** The first so many writes that hold this row. */
    static Predicate<List<JournalEntry>> containing(String step, JournalEntry.Event event, int times) {
        int[] left = {times};
        return entries -> entries.stream().anyMatch(entry -> entry.step().equals(step) && entry.event() == event)
                && left[0]-- > 0;
    }

    private final class Recorded implements Procedure {

        private final ProcedureName name;

        Recorded(ProcedureName name) {
            this.name = name;
        }

        @Override
        public ProcedureName name() {
            return name;
        }

        @Override
        public Set<Phase> phases() {
            return EnumSet.of(Phase.REPLICATING);
        }

        @Override
        public Examination examine(Project examined, Ports ports) {
            examinations++;
            whileExamining.run();
            return Examination.of(guards, Optional.ofNullable(leftOut));
        }

        @Override
        public Script script(Project scripted, Optional<Side> without, Ports ports) {
            owner = ports.ownership();
            RuntimeException trouble = scriptTrouble;
            if (trouble != null) {
                throw trouble;
            }
            return new RecordedScript(List.copyOf(steps));
        }
    }

    /** As a test wants it. */
    private final class AsTold implements FanOut {

        @Override
        public <T, R> List<R> map(List<T> things, Function<T, R> function) {
            List<R> results = Collections.synchronizedList(new ArrayList<>());
            together.accept(things.stream()
                    .<Runnable>map(thing -> () -> results.add(function.apply(thing)))
                    .toList());
            return results;
        }

        @Override
        public <R> CompletableFuture<R> begin(Supplier<R> work) {
            CompletableFuture<R> done = new CompletableFuture<>();
            beside.accept(() -> done.complete(work.get()));
            return done;
        }
    }

    private final class RecordedScript implements Script, ClientHold {

        private final List<Step> scripted;

        RecordedScript(List<Step> scripted) {
            this.scripted = scripted;
        }

        @Override
        public List<Step> steps() {
            return scripted;
        }

        @Override
        public String success() {
            return "All is done.";
        }

        @Override
        public void release() {
            chronicle.add("release");
            onRelease.run();
        }

        @Override
        public ClientHold hold() {
            return this;
        }

        @Override
        public void abort(String why) {
            chronicle.add("abort: " + why);
        }

        @Override
        public void takeBackPivot() {
            chronicle.add("take back pivot");
        }

        @Override
        public void replaceFormerOwner() {
            chronicle.add("replace former owner");
        }

        @Override
        public boolean mayHavePaused() {
            return true;
        }

        @Override
        public void keepServing() {
            chronicle.add("keep serving");
        }

        @Override
        public Optional<PauseReading> pause() {
            return pause.get();
        }

        @Override
        public Optional<Long> pauseMillis() {
            return pauseMillis;
        }

        @Override
        public void close() {
            scriptClosed = true;
        }
    }
}
