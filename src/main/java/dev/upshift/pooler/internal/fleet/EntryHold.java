package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One entry of one pooler, with the console that pauses it and the PAUSE that is under way, if any. */
final class EntryHold {

    private final String entry;
    private final ConsoleLine line;
    private @Nullable PauseCall call;

    EntryHold(String entry, Supplier<PoolerConsole> opener) {
        this.entry = entry;
        this.line = new ConsoleLine(opener);
    }

    String entry() {
        return entry;
    }

    /** Opens the console if there is none that works; leaves one alone whose PAUSE is pending. */
    void makeReady() {
        if (!isOnItsWay()) {
            line.makeReady();
        }
    }

    /** Sends PAUSE unless one is pending already. */
    synchronized void pause() {
        if (call == null || !call.isPending()) {
            call = PauseCall.send(line.console(), entry);
        }
    }

    synchronized boolean hasReturned() {
        return call != null && call.hasReturned();
    }

    synchronized boolean hasFailed() {
        return call != null && call.hasFailed();
    }

    synchronized String failure() {
        return call == null ? "" : call.reason();
    }

    /**
     * Notes that a RESUME found the entry paused: the PAUSE has arrived. If it has not returned it never will, so its
     * connection is given up; cutting it is harmless now.
     */
    synchronized void resumed() {
        if (call != null && call.isPending()) {
            line.abort();
        }
        call = null;
    }

    /** Whether a PAUSE was sent that has neither come back nor been proven to have arrived. */
    synchronized boolean isOnItsWay() {
        return call != null && call.isPending();
    }

    void close() {
        line.abort();
    }
}
