package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerUnreachable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A console that is opened again after it was lost, for one caller at a time. */
final class ConsoleLine {

    private final Supplier<PoolerConsole> opener;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable PoolerConsole console;

    ConsoleLine(Supplier<PoolerConsole> opener) {
        this.opener = opener;
    }

    /** Opens the console, or looks whether the open one still answers and replaces it if not. */
    void makeReady() {
        try {
            ask(PoolerConsole::databases);
        } catch (PoolerUnreachable lost) {
            ask(PoolerConsole::databases);
        }
    }

    /** Runs a command; a console that was lost on the way is forgotten, and the next command opens a new one. */
    <T> T ask(Function<PoolerConsole, T> command) {
        turn.lock();
        try {
            return command.apply(console());
        } catch (PoolerUnreachable lost) {
            abort();
            throw lost;
        } finally {
            turn.unlock();
        }
    }

    /** The console, opened if need be; for a command that must not make others wait. */
    PoolerConsole console() {
        turn.lock();
        try {
            PoolerConsole open = console;
            if (open == null) {
                open = opener.get();
                console = open;
            }
            return open;
        } finally {
            turn.unlock();
        }
    }

    /** Cuts the connection, whatever it is doing. */
    void abort() {
        PoolerConsole open = console;
        console = null;
        if (open != null) {
            open.abort();
        }
    }
}
