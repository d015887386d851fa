package dev.upshift.shared;

import java.util.function.Supplier;

/**
 * How time passes for work, and what of it is done at once: as it does, or as a plan or a test pretends.
 *
 * @param watchdogs act in time, whatever else goes on
 * @param passes whether time passes at all; it does not in a plan, which answers within seconds
 */
public record Timing(Waiting waiting, FanOut fanOut, Watchdogs watchdogs, boolean passes) {

    /** As time passes, on threads of their own. */
    public static Timing of(Waiting waiting) {
        return new Timing(waiting, FanOut.atOnce(), Watchdogs.onPlatformThreads(), true);
    }

    /**
     * Something that only looks and may take hours.
     *
     * @param atBest what it would answer at best: for a plan, that has no hours
     */
    public <T> T lengthy(Supplier<T> look, Supplier<T> atBest) {
        return passes ? look.get() : atBest.get();
    }
}
