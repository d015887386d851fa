package dev.upshift.lab;

/**
 * The beat of one client: evenly spaced, and without hurry after a delay. Beats that passed while the client was held
 * are left out rather than made up for, so that a pause is not followed by a burst that nobody asked for.
 */
final class Pace {

    private final long intervalNanos;
    private long nextNanos;

    Pace(long intervalNanos, long firstNanos) {
        this.intervalNanos = intervalNanos;
        this.nextNanos = firstNanos;
    }

    /** How long to wait at {@code nowNanos} until the next beat; 0 or less when it is due. */
    long untilNext(long nowNanos) {
        return nextNanos - nowNanos;
    }

    /** Takes the beat that is due and leaves out those that were missed. */
    void take(long nowNanos) {
        long missed = Math.max(0, (nowNanos - nextNanos) / intervalNanos);
        nextNanos += (missed + 1) * intervalNanos;
    }
}
