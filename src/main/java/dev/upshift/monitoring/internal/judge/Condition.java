package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import java.time.Duration;

/**
 * Something that makes the state of replication less than healthy.
 *
 * @param subject what it is about, one word per condition that can hold at a time, e.g. {@code link:shop:FORWARD:lag}
 * @param grace how long it must have held before it counts; switches and restarts pass through such states
 * @param reason what was seen and what to do
 */
record Condition(String subject, Health severity, Duration grace, String reason) {

    static Condition atOnce(String subject, Health severity, String reason) {
        return new Condition(subject, severity, Duration.ZERO, reason);
    }

    static Condition after(Duration grace, String subject, Health severity, String reason) {
        return new Condition(subject, severity, grace, reason);
    }
}
