package dev.upshift.pooler.internal;

/** One attempt to hold all clients; it ends for all members when one fails or when clients are let go. */
final class HoldAttempt {

    private volatile boolean ended;

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }
}
