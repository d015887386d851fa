package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole;

/**
 * One PAUSE that was sent, on a thread of its own that nobody interrupts, because it may hang: PgBouncer answers when
 * the last transaction has ended, and never when somebody resumes before.
 *
 * <p>While it hangs one question matters more than its answer: has PgBouncer read it yet? If not, a RESUME on another
 * connection may overtake it, and then it would pause the entry after everybody believes that clients go. Its arrival
 * is proven when it returns, when it is refused, when the pooler has ended the connection, or when a RESUME finds the
 * entry paused.
 */
final class PauseCall {

    private enum State {
        PENDING,
        RETURNED,
        FAILED
    }

    private volatile State state = State.PENDING;
    private volatile String reason = "";

    private PauseCall() {}

    static PauseCall send(PoolerConsole console, String entry) {
        PauseCall call = new PauseCall();
        Thread.ofVirtual().name("pause " + entry + " on " + console.pooler()).start(() -> call.run(console, entry));
        return call;
    }

    private void run(PoolerConsole console, String entry) {
        try {
            console.pause(entry);
            state = State.RETURNED;
        } catch (RuntimeException e) {
            reason = String.valueOf(e.getMessage());
            state = State.FAILED;
        }
    }

    boolean isPending() {
        return state == State.PENDING;
    }

    boolean hasReturned() {
        return state == State.RETURNED;
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    String reason() {
        return reason;
    }
}
