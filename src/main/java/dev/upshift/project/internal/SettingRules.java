package dev.upshift.project.internal;

import dev.upshift.project.ProjectSettings;
import java.time.Duration;

/** The bounds of what a project may tune. */
final class SettingRules {

    /**
     * PgBouncer throws waiting clients out after {@code query_wait_timeout}, 120 s by default; half of that leaves room
     * to undo everything.
     */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_ATTEMPTS = 10;
    private static final int LARGEST_MARGIN = 1_000_000;

    /** Long enough to rehearse on the eve of a weekend. What was rehearsed a month ago says little about today. */
    private static final Duration OLDEST_REHEARSAL = Duration.ofDays(30);

    private static final Duration YOUNGEST_REHEARSAL = Duration.ofMinutes(1);

    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);
    private static final int MOST_JOBS = 32;

    private SettingRules() {}

    static void check(ProjectSettings settings, FieldProblems problems) {
        problems.require(
                settings.lagThresholdBytes() >= 1,
                "settings.lagThresholdBytes",
                "The lag threshold is at least 1 byte, not " + settings.lagThresholdBytes()
                        + "; 1048576 (1 MiB) is usual.");
        duration(problems, "pauseBudget", "pause budget", settings.pauseBudget(), SHORTEST_PAUSE, LONGEST_PAUSE);
        number(problems, "pauseAttempts", "number of pause attempts", settings.pauseAttempts(), MOST_ATTEMPTS);
        number(problems, "sequenceMargin", "sequence margin (in values)", settings.sequenceMargin(), LARGEST_MARGIN);
        duration(
                problems,
                "longTransactionLimit",
                "long transaction limit",
                settings.longTransactionLimit(),
                SHORTEST_PAUSE,
                LONGEST_TRANSACTION);
        duration(
                problems,
                "rehearsalMaxAge",
                "maximal age of a rehearsal",
                settings.rehearsalMaxAge(),
                YOUNGEST_REHEARSAL,
                OLDEST_REHEARSAL);
        number(problems, "copyJobs", "number of copy jobs", settings.copyJobs(), MOST_JOBS);
    }

    private static void number(FieldProblems problems, String field, String what, int value, int most) {
        problems.require(
                value >= 1 && value <= most,
                "settings." + field,
                "The " + what + " is between 1 and " + most + ", not " + value + ".");
    }

    private static void duration(
            FieldProblems problems, String field, String what, Duration value, Duration least, Duration most) {
        problems.require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "settings." + field,
                "The " + what + " is between " + words(least) + " and " + words(most) + " (" + least + " to " + most
                        + "), not " + value + ".");
    }

    /** So that nobody has to divide by 86400. All bounds are whole numbers of what they are told in. */
    private static String words(Duration bound) {
        if (bound.compareTo(Duration.ofDays(2)) >= 0) {
            return bound.toDays() + " days";
        }
        return bound.compareTo(Duration.ofMinutes(2)) >= 0 ? bound.toMinutes() + " min" : bound.toSeconds() + " s";
    }
}
