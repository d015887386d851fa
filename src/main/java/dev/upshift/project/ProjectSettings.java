package dev.upshift.project;

import java.time.Duration;
import java.util.List;

/**
 * What a project may tune.
 *
 * @param lagThresholdBytes a switch is refused while a link is further behind than this
 * @param pauseBudget how long clients may be held before the pivot; then everything is undone
 * @param pauseAttempts how often a PAUSE that met a long transaction is tried again
 * @param sequenceMargin how many values a sequence is pushed ahead before the window
 * @param longTransactionLimit a switch is refused while a transaction is older than this
 * @param hardFence whether the fence also sets {@code CONNECTION LIMIT 0}
 * @param copyJobs parallel connections for building indexes and constraints
 * @param binaryCopy whether subscriptions transfer in binary (faster; both sides must agree on every type)
 * @param rehearsalRequired whether a cutover is refused unless its present plan was rehearsed
 * @param rehearsalMaxAge how old that rehearsal may be
 * @param accepted what a switch does not carry, hold or prove, and is allowed all the same
 */
public record ProjectSettings(
        long lagThresholdBytes,
        Duration pauseBudget,
        int pauseAttempts,
        int sequenceMargin,
        Duration longTransactionLimit,
        boolean hardFence,
        int copyJobs,
        boolean binaryCopy,
        boolean rehearsalRequired,
        Duration rehearsalMaxAge,
        List<Acceptance> accepted) {

    public ProjectSettings {
        accepted = accepted.stream().distinct().sorted().toList();
    }

    public static final ProjectSettings DEFAULTS = new ProjectSettings(
            1_048_576,
            Duration.ofSeconds(5),
            3,
            1_000,
            Duration.ofSeconds(10),
            false,
            2,
            false,
            false,
            Duration.ofHours(24),
            List.of());

    public boolean accepts(Acceptance what) {
        return accepted.contains(what);
    }

    /** The same, but for whether a rehearsal is asked for: what a switch does is the same with and without. */
    public ProjectSettings withoutRehearsal() {
        return new ProjectSettings(
                lagThresholdBytes,
                pauseBudget,
                pauseAttempts,
                sequenceMargin,
                longTransactionLimit,
                hardFence,
                copyJobs,
                binaryCopy,
                DEFAULTS.rehearsalRequired,
                DEFAULTS.rehearsalMaxAge,
                accepted);
    }
}
