package dev.upshift.monitoring.internal.probe;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that stays open between samples, and is opened again after it failed. Opening one for every sample
 * would cost more than the sample, fill the server's log, and fail on a side that is fenced with
 * {@code CONNECTION LIMIT 0}, where a connection from before the fence goes on working.
 *
 * @param <C> the connection
 */
final class KeptConnection<C extends AutoCloseable> {

    private final Supplier<C> opener;
    private final Consumer<C> aborter;
    private final Clock clock;
    private final ReentrantLock inUse = new ReentrantLock();
    private volatile @Nullable C connection;
    private volatile Instant lastUsed;
    private volatile boolean ended;

    /**
     * @param opener opens within a deadline of its own
     * @param aborter cuts the connection from another thread; its users then get an exception
     */
    KeptConnection(Supplier<C> opener, Consumer<C> aborter, Clock clock) {
        this.opener = opener;
        this.aborter = aborter;
        this.clock = clock;
        this.lastUsed = clock.instant();
    }

    /**
     * Asks over the open connection, or over a new one. An open one that turns out to be broken, say because the server
     * was restarted, is replaced once: that is no failure to tell anybody about.
     *
     * @throws StillBusy if the question before this one has not come to an end
     */
    <T> T ask(Function<C, T> question) {
        if (!inUse.tryLock()) {
            throw new StillBusy();
        }
        try {
            lastUsed = clock.instant();
            C open = connection;
            if (open != null) {
                try {
                    return question.apply(open);
                } catch (RuntimeException broken) {
                    drop();
                    if (ended) {
                        throw broken;
                    }
                }
            }
            return askNew(question);
        } finally {
            inUse.unlock();
            if (ended) {
                end();
            }
        }
    }

    /** Makes a question that hangs on an open connection fail now. One that is still connecting goes on. */
    void giveUp() {
        C open = connection;
        if (open != null && inUse.isLocked()) {
            aborter.accept(open);
        }
    }

    /** Closes for good, at the latest when the question being asked has come to its end. */
    void end() {
        ended = true;
        giveUp();
        if (inUse.tryLock()) {
            try {
                drop();
            } finally {
                inUse.unlock();
            }
        }
    }

    /** Closes for good if nothing was asked since then. */
    boolean endIfUnusedSince(Instant then) {
        boolean unused = lastUsed.isBefore(then) && !inUse.isLocked();
        if (unused) {
            end();
        }
        return unused;
    }

    private <T> T askNew(Function<C, T> question) {
        C opened = opener.get();
        connection = opened;
        try {
            return question.apply(opened);
        } catch (RuntimeException broken) {
            drop();
            throw broken;
        }
    }

    private void drop() {
        C open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (Exception alreadyBroken) {
                // Whatever it was, the connection is of no use any more.
            }
        }
    }

    /** A question is asked while the one before it has not come to an end. */
    static final class StillBusy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StillBusy() {
            super("The question before this one has not come to an end");
        }
    }
}
