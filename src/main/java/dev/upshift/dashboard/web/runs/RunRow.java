package dev.upshift.dashboard.web.runs;

import dev.upshift.dashboard.web.Mark;
import dev.upshift.engine.Run;
import java.time.Clock;
import java.time.Duration;

/**
 * A run as pages show it.
 *
 * @param took until its end, or until now
 */
public record RunRow(Run run, Mark mark, Duration took) {

    static RunRow of(Run run, Clock clock) {
        return new RunRow(
                run,
                Mark.of(run),
                Duration.between(run.startedAt(), run.endedAt() == null ? clock.instant() : run.endedAt()));
    }
}
