package dev.upshift.procedure.internal.switching;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.PoolerConfiguration.UnmappableEntry;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.Ownership;
import dev.upshift.procedure.internal.engine.Reasons;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Direction;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One switch of clients from one side to the other: which way, the connections that it keeps open, its pause clock. What
 * the steps share lives here; what an interruption must not forget lives in the journal and in {@link RaisedFences}.
 */
final class Switch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Switch.class);

    /** How long the poolers may take to let clients go; well below any client's patience. */
    private static final Duration RELEASE = Duration.ofSeconds(2);

    /**
     * How long clients are held on for the fence to be lifted first, because they would meet it otherwise. A server that
     * does not do it in this time does not serve anybody either, and the undo of the fence follows.
     */
    private static final Duration FENCE = Duration.ofSeconds(1);

    private static final String NOT_OURS = "The run may belong to another control plane by now, which lets clients go.";

    private final Project project;
    private final Side from;
    private final SwitchParts parts;
    private final SessionPool pool;
    private final PauseWatch watch;
    private final SwitchFence fence;
    private final Stillness stillness = new Stillness();
    private final Map<String, String> evidence = new ConcurrentHashMap<>();
    private volatile Ownership ownership = Ownership.UNDISPUTED;
    private volatile List<String> complained = List.of();
    private Map<Side, CompletableFuture<Boolean>> formerOwnerEnded = Map.of();
    private final Map<String, PoolerFleet> alone = new ConcurrentHashMap<>();
    private volatile @Nullable PoolerFleet fleet;
    private @Nullable List<PoolerChange> changes;

    Switch(Project project, Side from, SwitchParts parts) {
        this.project = project;
        this.from = from;
        this.parts = parts;
        this.pool = new SessionPool(parts.sessions(), project, PostgresSessions.SHORT);
        this.fence = new SwitchFence(project, from, parts, pool);
        this.watch = new PauseWatch(
                project.settings().pauseBudget(),
                this::expire,
                parts.watchdogs().start());
    }

    /** Whoever acts from now on has to be the run's owner. */
    void ownedBy(Ownership owner) {
        ownership = owner;
        pool.ownedBy(owner);
        watch.ownedBy(owner);
    }

    Project project() {
        return project;
    }

    SwitchParts parts() {
        return parts;
    }

    Side from() {
        return from;
    }

    Side to() {
        return from.other();
    }

    Phase phaseAfter() {
        return to() == Side.TARGET ? Phase.CUT_OVER : Phase.ROLLED_BACK;
    }

    PauseWatch watch() {
        return watch;
    }

    SessionPool pool() {
        return pool;
    }

    SwitchFence fence() {
        return fence;
    }

    Stillness stillness() {
        return stillness;
    }

    Map<String, String> evidence() {
        return evidence;
    }

    /** The session that steps work with on the side that is left. */
    PostgresSession onFrom(String database) {
        return pool.work(from, database);
    }

    /** The session that steps work with on the side that is entered. */
    PostgresSession onTo(String database) {
        return pool.work(to(), database);
    }

    /** The link that feeds {@code to}: name of its publication, slot and subscription. */
    String link(String database) {
        return LinkNames.link(project.slug(), database, from.outbound());
    }

    /** The link that will feed {@code from} afterwards: the way back. */
    String wayBack(String database) {
        return LinkNames.link(project.slug(), database, opposite());
    }

    private Direction opposite() {
        return from.outbound().opposite();
    }

    List<String> databases() {
        return project.databases();
    }

    /** “shop” or “shop and billing”. */
    String databasesInWords() {
        return String.join(" and ", project.databases());
    }

    String poolersInWords() {
        return project.poolers().stream().map(PoolerAddress::name).collect(Collectors.joining(" and "));
    }

    /** What the poolers' configuration is and becomes, as it was when first asked for. */
    synchronized List<PoolerChange> changes() {
        List<PoolerChange> known = changes;
        if (known == null) {
            known = parts.changes().of(project, from, to());
            changes = known;
        }
        return known;
    }

    /** The entries to hold: those that lead to {@code from}, or, once repointed, to {@code to}. */
    private Map<String, List<String>> entries() {
        return changes().stream()
                .collect(Collectors.toMap(change -> change.pooler().name(), this::entries));
    }

    private List<String> entries(PoolerChange leaving) {
        return leaving.entries().isEmpty()
                ? parts.changes().of(project, leaving.pooler(), to(), from).entries()
                : leaving.entries();
    }

    /** The poolers' consoles, opened when first asked for. */
    PoolerFleet fleet() {
        ownership.require();
        return opened();
    }

    private synchronized PoolerFleet opened() {
        PoolerFleet opened = fleet;
        if (opened == null) {
            opened = parts.fleets().open(project.poolers(), entries());
            fleet = opened;
        }
        return opened;
    }

    /** The consoles of one pooler, whatever has become of the others. Not for two threads with the same one at once. */
    PoolerFleet fleetOf(PoolerAddress pooler) {
        ownership.require();
        Optional<PoolerFleet> all = openFleet();
        if (all.isPresent()) {
            return all.get().only(pooler.name());
        }
        PoolerFleet known = alone.get(pooler.name());
        if (known == null) {
            known = openAlone(pooler);
            alone.put(pooler.name(), known);
        }
        return known;
    }

    /** Where the pooler's configuration is kept, for the owner of the run only: nothing else there tells runs apart. */
    ConfigurationStore store(PoolerAddress pooler) {
        ownership.require();
        return parts.stores().of(pooler.configuration());
    }

    /** Removes the configurations that were written beside the active ones. */
    void unstage() {
        project.poolers().forEach(pooler -> store(pooler).unstage(pooler.configuration()));
    }

    private Optional<PoolerFleet> openFleet() {
        return Optional.ofNullable(fleet);
    }

    /** Opens everything that the window needs. */
    void openAll() {
        fleet();
        parts.concurrently().forEach(databases(), database -> {
            for (Side side : Side.values()) {
                onSide(side, database);
            }
        });
    }

    private void onSide(Side side, String database) {
        for (Role role : Role.values()) {
            PostgresSession session = pool.session(side, database, role);
            session.keepPlans(); // which is an answer, too
        }
    }

    /** @throws RuntimeException if another control plane may own the run by now */
    void requireOwned() {
        ownership.require();
    }

    /** Every statement of the window ends with the pause budget, at the latest. */
    void limitStatements(Duration limit) {
        parts.concurrently().forEach(databases(), database -> {
            for (Side side : Side.values()) {
                for (Role role : EnumSet.complementOf(EnumSet.of(Role.WATCH))) {
                    pool.session(side, database, role).limitStatements(limit);
                }
            }
        });
    }

    /** Whether nobody is held any more, or it is not ours to see to it. */
    private boolean expire() {
        List<String> problems = releaseClients(database -> {
            endWorkOnFrom(database);
            fence.lift(from, database);
        });
        return problems.isEmpty() || !ownership.mayConclude();
    }

    /** A statement of a step that hangs must not raise the fence after it was lifted: ends the step's session first. */
    private void endWorkOnFrom(String database) {
        try {
            endWork(from, database);
        } catch (RuntimeException e) {
            log.warn("The step's session on the {} could not be ended", from.word(), e);
        }
        pool.forget(from, database, Role.WORK);
    }

    /** Ends the session that steps work with, and what it may be about to do; the next step has a fresh one. */
    void endWork(Side side, String database) {
        pool.opened(side, database, Role.WORK).ifPresent(working -> end(side, database, working.backendPid()));
        pool.forget(side, database, Role.WORK);
    }

    private void end(Side side, String database, int pid) {
        if (!pool.reliably(side, database, Role.WATCH, session -> parts.fence().endSession(session, pid))) {
            log.warn("The step's session {} on the {} does not end", pid, side.word());
        }
    }

    /**
     * The way out before the pivot: lets {@code from} accept writes and resumes every pooler, whatever else is broken.
     * Answers what could not be done; safe from any thread and repeatedly.
     */
    List<String> releaseClients() {
        return releaseClients(database -> fence.lift(from, database));
    }

    private List<String> releaseClients(Consumer<String> lifting) {
        if (!ownership.mayConclude()) {
            return List.of(NOT_OURS);
        }
        liftInTime(lifting);
        List<String> problems = openFleet()
                .map(open -> open.releaseClients(RELEASE, watch::resumed))
                .orElse(List.of());
        if (!problems.equals(complained)) {
            complained = problems;
            problems.forEach(log::error);
        }
        return problems;
    }

    /** On all databases at once; what takes longer goes on beside. */
    private void liftInTime(Consumer<String> lifting) {
        List<CompletableFuture<Boolean>> all = databases().stream()
                .map(database -> parts.concurrently()
                        .begin(() -> {
                            lifting.accept(database);
                            return true;
                        })
                        .exceptionally(e -> {
                            log.error("The fence on the {} could not be lifted", from.word(), e);
                            return true;
                        })
                        .completeOnTimeout(false, FENCE.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        if (!all.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd)) {
            log.error("The {} does not answer, so clients are let go before its fence is lifted", from.word());
        }
    }

    /** Begins to end what an earlier owner of the run has open on the servers; clients do not wait for that. */
    void replaceFormerOwner() {
        formerOwnerEnded = Arrays.stream(Side.values())
                .collect(Collectors.toMap(Function.identity(), this::beginToEndFormerOwner));
    }

    private CompletableFuture<Boolean> beginToEndFormerOwner(Side side) {
        return parts.concurrently()
                .begin(() -> endFormerOwner(side))
                .exceptionally(e -> {
                    log.warn("The former owner's sessions on the {} could not be ended", side.word(), e);
                    return false;
                })
                .completeOnTimeout(false, RELEASE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All sessions of this run but the present owner's. */
    private boolean endFormerOwner(Side side) {
        String mark = ownership.mark();
        String run = mark.substring(0, mark.indexOf('.') + 1);
        return pool.reliably(
                side,
                databases().getFirst(),
                Role.WATCH,
                session -> parts.fence().endMarked(session, run, mark));
    }

    /** Returns when no statement of an earlier owner can be done any more, or that cannot be brought about. */
    void awaitFormerOwnerEnded() {
        formerOwnerEnded.values().forEach(CompletableFuture::join);
    }

    /** The same for one side. */
    void awaitFormerOwnerEnded(Side side) {
        Optional.ofNullable(formerOwnerEnded.get(side)).ifPresent(CompletableFuture::join);
    }

    /** @throws IllegalStateException if a statement of an earlier owner may still be done on that side */
    void requireFormerOwnerEnded(Side side) {
        boolean replaced = !formerOwnerEnded.isEmpty();
        if (replaced && !endFormerOwner(side)) {
            throw new IllegalStateException("The former owner's sessions on the " + side.word() + " do not end.");
        }
    }

    /** RESUMEs what somebody has paused although no run holds clients. */
    void keepServing() {
        parts.concurrently().forEach(project.poolers(), this::keepServing);
    }

    private void keepServing(PoolerAddress pooler) {
        try {
            PoolerFleet open = fleetOf(pooler);
            boolean paused =
                    open.entries().values().stream().flatMap(List::stream).anyMatch(DatabaseEntry::paused);
            if (paused) {
                log.warn("A late PAUSE of a control plane that was replaced is undone");
                open.releaseClients(RELEASE).forEach(log::error);
            }
        } catch (RuntimeException e) {
            log.warn("{} could not be looked at: {}", pooler.name(), Reasons.of(e));
        }
    }

    /**
     * As {@link #releaseClients}, also when an earlier process paused the poolers and this one has no connection to them
     * yet; each pooler by itself, so that one that is away does not keep the others paused.
     */
    List<String> releaseClientsEverywhere() {
        if (openFleet().isPresent()) {
            return releaseClients();
        }
        if (!ownership.mayConclude()) {
            return List.of(NOT_OURS);
        }
        CompletableFuture<Boolean> lifted = parts.concurrently().begin(() -> {
            liftInTime(database -> fence.lift(from, database));
            return true;
        });
        return parts.concurrently().map(project.poolers(), pooler -> releaseClientsOf(pooler, lifted)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<String> releaseClientsOf(PoolerAddress pooler, CompletableFuture<Boolean> lifted) {
        try (PoolerFleet alone = openAlone(pooler)) {
            lifted.join();
            return alone.releaseClients(RELEASE);
        } catch (PoolerUnreachable | StoreFailed | UnmappableEntry e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private PoolerFleet openAlone(PoolerAddress pooler) {
        List<String> entries = entries(parts.changes().of(project, pooler, from, to()));
        return parts.fleets().open(List.of(pooler), Map.of(pooler.name(), entries));
    }

    @Override
    public void close() {
        watch.close();
        openFleet().ifPresent(PoolerFleet::close);
        alone.values().forEach(PoolerFleet::close);
        pool.close();
    }
}
