package dev.upshift.engine;

import dev.upshift.shared.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a procedure.
 *
 * @param number from 1 within its project
 * @param outcome one sentence once it ended: what is true now, and after a failure why and what to do
 * @param pauseMillis how long clients were held, first PAUSE to last RESUME of the attempt that counted; switches only
 * @param evidence what it proves and counts, as {@link Evidence} names it
 */
public record Run(
        long id,
        String slug,
        int number,
        ProcedureName procedure,
        RunStatus status,
        String planVersion,
        String startedBy,
        Instant startedAt,
        @Nullable Instant endedAt,
        int epoch,
        @Nullable String outcome,
        @Nullable Long pauseMillis,
        RunFacts evidence) {

    private static final String BLOCKED_RUNS = "/docs/operations/what-if#what-a-blocked-run-says-and-what-to-do";

    /** What the pause budget was then; empty where clients were not to be held, or an older version did it. */
    public Optional<Long> pauseBudgetMillis() {
        return evidence.get(Evidence.PAUSE_BUDGET).map(Duration::toMillis);
    }

    /** The side that this run goes on without, as it was confirmed. */
    public Optional<Side> without() {
        return evidence.get(Evidence.WITHOUT);
    }

    /** The page of the documents that says what a person does now; null where nobody has to do anything. */
    public @Nullable String runbook() {
        return status == RunStatus.BLOCKED ? BLOCKED_RUNS : null;
    }
}
