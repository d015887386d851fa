package dev.upshift.engine.internal.lease;

import java.time.Duration;

/**
 * The times of run ownership. Clients that are held by an owner that died or hangs flow again after {@code lease}, one
 * look, and the time that RESUME takes: within three seconds of the owner's last sign of life.
 *
 * @param renewEvery how often an owner renews
 * @param lookEvery how often every control plane looks for runs without an owner
 * @param lease how long after its last renewal, by the clock of the metadata database, an owner may not be replaced
 * @param sure how long an owner believes in a renewal, counted from before it asked for it; the difference to {@code
 *     lease} is room for clocks that do not run alike and for a step's first instruction
 * @param conclude how long an owner that cannot renew may still let clients go, or lead them on past the pivot
 * @param quarantine how long after the former owner's last renewal a successor keeps the run open and looks at the
 *     poolers; longer than {@code conclude}, so that no later run meets what the former owner still does
 * @param patience how long a step waits for a renewal that fails
 */
public record LeaseTerms(
        Duration renewEvery,
        Duration lookEvery,
        Duration lease,
        Duration sure,
        Duration conclude,
        Duration quarantine,
        Duration patience) {

    public static final LeaseTerms NORMAL = new LeaseTerms(
            Duration.ofMillis(200),
            Duration.ofMillis(150),
            Duration.ofMillis(1200),
            Duration.ofMillis(900),
            Duration.ofSeconds(6),
            Duration.ofSeconds(8),
            Duration.ofSeconds(5));
}
