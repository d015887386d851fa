package dev.upshift.dashboard.web.projects;

import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.engine.RunStatus;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One project on the wall screen.
 *
 * @param tables null until the project was first sampled, and when it is over: nobody looks at them any more
 * @param takenAt when it was seen so
 * @param urgency how much it needs attention; the largest comes first
 */
public record ProjectRow(
        Heading heading,
        @Nullable TableCounts tables,
        @Nullable Instant takenAt,
        Sparkline lag,
        String next,
        int urgency) {

    static ProjectRow of(Situation situation, Sparkline lag, String next) {
        ReplicationSnapshot snapshot = situation.snapshot();
        return new ProjectRow(
                Heading.of(situation),
                snapshot == null || situation.project().phase().isFinal() ? null : snapshot.tables(),
                snapshot == null ? null : snapshot.takenAt(),
                lag,
                next,
                urgency(situation));
    }

    private static int urgency(Situation situation) {
        if (situation.project().phase().isFinal()) {
            return -1;
        }
        if (situation.current().filter(run -> run.status() == RunStatus.BLOCKED).isPresent()) {
            return 9;
        }
        int running = situation.current().isPresent() ? 1 : 0;
        if (situation.snapshot() == null) {
            return running;
        }
        return running
                + switch (situation.snapshot().health()) {
                    case CRITICAL -> 7;
                    case UNKNOWN -> 5;
                    case WARNING -> 3;
                    case HEALTHY -> 1;
                    case IDLE -> 0;
                };
    }
}
