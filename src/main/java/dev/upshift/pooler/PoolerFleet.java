package dev.upshift.pooler;

import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.Port.Releases;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All poolers of a project with the entries that a switch moves, their consoles opened beforehand and kept: for each
 * pooler one that observes, one that only resumes, and one per entry that pauses and may hang. Everything is done on
 * all poolers at once. Safe for several threads; {@link #releaseClients} never waits for any of the others.
 */
public interface PoolerFleet extends Port, AutoCloseable {

    /**
     * Waits for a moment at which all poolers can hold their clients, if possible a quiet one, while clients are served;
     * sends PAUSE for every entry of every pooler, and returns when all are held, or when the time is spent. Does not
     * resume by itself: after any outcome clients are held until {@link #releaseClients}. When that is called meanwhile,
     * this returns at once with {@link HoldOutcome.Refused}; when that is called right after, the answer here is stale.
     *
     * @param atMost how long clients may be held until all are; the wait for the moment does not count
     * @param begins called once, on any thread, right before the first PAUSE, so not at all if it does not come to that;
     *     what it throws is thrown here, and nobody is held
     */
    HoldOutcome holdClients(Duration atMost, Runnable begins);

    /** The same, with nothing to do right before. */
    default HoldOutcome holdClients(Duration atMost) {
        return holdClients(atMost, () -> {});
    }

    /**
     * Resumes every entry everywhere, in the given time, whatever a pending PAUSE is doing, and checks that none is
     * paused and that no PAUSE of ours is still on its way. Safe from any thread, interrupted or not, at any time and
     * repeatedly.
     *
     * @param resumed called on any thread whenever a pooler has answered RESUME for all its entries: from then on its
     *     clients are served, and what is looked at afterwards does not keep them waiting
     * @return one sentence per pooler that could not be brought to serve; empty is good
     */
    @Releases
    List<String> releaseClients(Duration atMost, Runnable resumed);

    /** The same, with nobody to tell. */
    @Releases
    default List<String> releaseClients(Duration atMost) {
        return releaseClients(atMost, () -> {});
    }

    /** RELOADs every pooler. @return one sentence per pooler that refused or did not answer */
    List<String> reload(Duration atMost);

    /**
     * What every pooler says now about its entries.
     *
     * @throws PoolerUnreachable if one does not answer
     */
    @Looks
    Map<String, List<PoolerConsole.DatabaseEntry>> entries();

    /**
     * The server connections of every pooler's entries: those that PAUSE closes.
     *
     * @throws PoolerUnreachable if one does not answer
     */
    @Looks
    List<PoolerConsole.ServerConnection> servers();

    /** Clients that wait now, over all poolers that answer, and the longest wait among them. Cheap. */
    @Looks
    Waiters waiters();

    /** Opens again what was lost, e.g. after a restart of a pooler. @return one sentence per pooler that is away */
    List<String> reconnect();

    /**
     * The same consoles, but only those of one pooler: so that one that is away does not keep the others.
     *
     * @return a view; closing it closes nothing
     */
    @Looks
    PoolerFleet only(String pooler);

    /** Closes the consoles; does not let anybody go. Never throws. */
    @Override
    @Looks
    void close();

    /** How an attempt to hold all clients ended. */
    sealed interface HoldOutcome {

        /** All clients of all poolers are held, no server connection is in use. */
        record Held(Map<String, Duration> byPooler) implements HoldOutcome {}

        /**
         * Some pooler still had transactions when the time was spent.
         *
         * @param stillActive server connections in use, by pooler
         */
        record TooSlow(Map<String, Integer> stillActive) implements HoldOutcome {}

        /**
         * No PAUSE was sent to these, because at no moment it would have harmed nobody: server connections were being
         * opened all the time. Others may hold their clients.
         */
        record NeverCalm(List<String> poolers) implements HoldOutcome {}

        /** A pooler refused or was lost. */
        record Refused(String pooler, String reason) implements HoldOutcome {}
    }

    /** Clients that are held. */
    record Waiters(int clients, Duration longest) {}
}
