package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.procedure.ClientHold;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.PoolerConfiguration.UnmappableEntry;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients that a switch or its rehearsal holds: the clock of the pause, and the way out before the pivot, whatever
 * else is broken. What keeps clients from being held for ever stands here, so that neither can lack it.
 */
public final class HeldClients implements ClientHold, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeldClients.class);

    /** How long the poolers may take to let clients go; well below any client's patience. */
    private static final Duration RELEASE = Duration.ofSeconds(2);

    /**
     * How long clients are held on for the fence to be lifted first, because they would meet it otherwise. A server that
     * does not do it in this time does not serve anybody either, and the undo of the fence follows.
     */
    private static final Duration FENCE = Duration.ofSeconds(1);

    private static final String NOT_OURS = "The run may belong to another control plane by now, which lets clients go.";

    private final Switch sw;
    private final PauseWatch watch;
    private volatile List<String> complained = List.of();

    HeldClients(Switch sw) {
        this.sw = sw;
        this.watch = new PauseWatch(
                sw.project().settings().pauseBudget(),
                this::expire,
                sw.ports().timing().watchdogs().start(),
                sw.ports().ownership());
    }

    PauseWatch watch() {
        return watch;
    }

    /** Whether nobody is held any more, or it is not ours to see to it. */
    private boolean expire() {
        List<String> problems = releaseClients(database -> {
            endWorkOnFrom(database);
            sw.fence().lift(sw.from(), database);
        });
        return problems.isEmpty() || !sw.ports().ownership().mayConclude();
    }

    /** A statement of a step that hangs must not raise the fence after it was lifted: ends the step's session first. */
    private void endWorkOnFrom(String database) {
        try {
            endWork(sw.from(), database);
        } catch (RuntimeException e) {
            log.warn(
                    "The step's session on the {} could not be ended", sw.from().word(), e);
        }
        sw.pool().forget(sw.from(), database, Role.WORK);
    }

    /** Ends the session that steps work with, and what it may be about to do; the next step has a fresh one. */
    public void endWork(Side side, String database) {
        sw.pool().opened(side, database, Role.WORK).ifPresent(working -> end(side, database, working.backendPid()));
        sw.pool().forget(side, database, Role.WORK);
    }

    private void end(Side side, String database, int pid) {
        if (!sw.pool()
                .reliably(
                        side,
                        database,
                        Role.WATCH,
                        session -> sw.servers().fence().endSession(session, pid))) {
            log.warn("The step's session {} on the {} does not end", pid, side.word());
        }
    }

    /**
     * The way out before the pivot: lets {@code from} accept writes and resumes every pooler, whatever else is broken.
     * Answers what could not be done; safe from any thread and repeatedly.
     */
    public List<String> releaseClients() {
        return releaseClients(database -> sw.fence().lift(sw.from(), database));
    }

    private List<String> releaseClients(Consumer<String> lifting) {
        if (!sw.ports().ownership().mayConclude()) {
            return List.of(NOT_OURS);
        }
        liftInTime(lifting);
        List<String> problems = sw.poolers()
                .openFleet()
                .map(open -> asOwner(() -> open.releaseClients(RELEASE, watch::resumed)))
                .orElse(List.of());
        if (!problems.equals(complained)) {
            complained = problems;
            problems.forEach(log::error);
        }
        return problems;
    }

    /** On all databases at once; what takes longer goes on beside. */
    private void liftInTime(Consumer<String> lifting) {
        List<CompletableFuture<Boolean>> all = sw.databases().stream()
                .map(database -> sw.fanOut()
                        .begin(() -> {
                            lifting.accept(database);
                            return true;
                        })
                        .exceptionally(e -> {
                            log.error(
                                    "The fence on the {} could not be lifted",
                                    sw.from().word(),
                                    e);
                            return true;
                        })
                        .completeOnTimeout(false, FENCE.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        if (!all.stream().map(CompletableFuture::join).reduce(true, Boolean::logicalAnd)) {
            log.error(
                    "The {} does not answer, so clients are let go before its fence is lifted",
                    sw.from().word());
        }
    }

    /**
     * As {@link #releaseClients()}, also when an earlier process paused the poolers and this one has no connection to
     * them yet; each pooler by itself, so that one that is away does not keep the others paused.
     */
    public List<String> releaseClientsEverywhere() {
        if (sw.poolers().openFleet().isPresent()) {
            return releaseClients();
        }
        if (!sw.ports().ownership().mayConclude()) {
            return List.of(NOT_OURS);
        }
        CompletableFuture<Boolean> lifted = sw.fanOut().begin(() -> {
            liftInTime(database -> sw.fence().lift(sw.from(), database));
            return true;
        });
        return sw.fanOut().map(sw.project().poolers(), pooler -> releaseClientsOf(pooler, lifted)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<String> releaseClientsOf(PoolerAddress pooler, CompletableFuture<Boolean> lifted) {
        try (PoolerFleet alone = sw.poolers().openAlone(pooler)) {
            lifted.join();
            return asOwner(() -> alone.releaseClients(RELEASE));
        } catch (PoolerUnreachable | StoreFailed | UnmappableEntry e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Somebody else may have taken the run over while the fence was lifted: then he lets clients go. */
    private static List<String> asOwner(Supplier<List<String>> releasing) {
        try {
            return releasing.get();
        } catch (RuntimeException notOurs) {
            return List.of(Reasons.of(notOurs));
        }
    }

    @Override
    public void release() {
        if (watch.isHolding()) {
            releaseClients();
            watch.giveUp();
        }
    }

    @Override
    public void abort(String why) {
        watch.expireNow(why);
    }

    @Override
    public Optional<PauseReading> pause() {
        return watch.reading();
    }

    @Override
    public Optional<Long> pauseMillis() {
        return watch.heldMillis();
    }

    @Override
    public void takeBackPivot() {
        watch.takeBackPivot();
    }

    @Override
    public void replaceFormerOwner() {
        sw.formerOwner().replace();
    }

    @Override
    public boolean mayHavePaused() {
        return watch.hasBegun();
    }

    @Override
    public void keepServing() {
        sw.fanOut().forEach(sw.project().poolers(), this::keepServing);
    }

    private void keepServing(PoolerAddress pooler) {
        try {
            PoolerFleet open = sw.poolers().fleetOf(pooler);
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

    @Override
    public void close() {
        watch.close();
    }
}
