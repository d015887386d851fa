package dev.upshift.pooler.internal;

/** One attempt to hold all clients; it ends for all members when one fails or when clients are let go. */
final class HoldAttempt {

    private final Runnable begins;
    private boolean begun;
    private volatile boolean ended;

    HoldAttempt() {
        this(() -> {});
    }

    /** @param begins called once, right before the first PAUSE; if it throws, the attempt is over */
    HoldAttempt(Runnable begins) {
        this.begins = begins;
    }

    /** Every member calls this before it sends PAUSE; who comes second waits until the first one is through. */
    synchronized void begin() {
        if (begun || ended) {
            return;
        }
        boolean refused = true;
        try {
            begins.run();
            refused = false;
        } finally {
            begun = true;
            ended |= refused;
        }
    }

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }
}
