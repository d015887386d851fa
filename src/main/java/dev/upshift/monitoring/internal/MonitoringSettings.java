package dev.upshift.monitoring.internal;

import dev.upshift.shared.ByteCount;
import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How projects are watched.
 *
 * @param interval how often a project is sampled
 * @param timeout how long a side or a pooler may take to answer one sample, so that the next one does not have to wait for it;
 *     three quarters of the interval if not set
 * @param inventoryInterval how often names and sizes of the tables are read again: it costs a file access per table
 * @param retainedWarning a slot that holds back more WAL than this is warned of
 * @param history how long samples are kept
 */
@Validated
@ConfigurationProperties("upshift.monitoring")
public record MonitoringSettings(
        @DefaultValue("2s") Duration interval,
        @Nullable Duration timeout,
        @DefaultValue("60s") Duration inventoryInterval,
        @DefaultValue("10GB") DataSize retainedWarning,
        @DefaultValue History history) {

    @AssertTrue(message = "upshift.monitoring.interval must be between 200ms and 1m") boolean isIntervalSensible() {
        return isBetween(interval, Duration.ofMillis(200), Duration.ofMinutes(1));
    }

    @AssertTrue(
            message = "upshift.monitoring.timeout must be at least 100ms and shorter than upshift.monitoring.interval")
    boolean isTimeoutBelowInterval() {
        return patience().toMillis() >= 100 && patience().compareTo(interval) < 0;
    }

    @AssertTrue(message = "upshift.monitoring.inventory-interval must be between 1s and 1h") boolean isInventoryIntervalSensible() {
        return isBetween(inventoryInterval, Duration.ofSeconds(1), Duration.ofHours(1));
    }

    @AssertTrue(
            message =
                    "upshift.monitoring.history must grow: everything is kept for the shortest time, coarse samples for"
                            + " the longest (everything <= medium <= coarse)")
    boolean isHistoryGrowing() {
        return !history.everything().isNegative()
                && history.everything().compareTo(history.medium()) <= 0
                && history.medium().compareTo(history.coarse()) <= 0;
    }

    /** How long an answer is waited for. */
    public Duration patience() {
        return timeout == null ? interval.multipliedBy(3).dividedBy(4) : timeout;
    }

    /** How much WAL a slot may hold back. */
    public ByteCount retainedLimit() {
        return new ByteCount(retainedWarning.toBytes());
    }

    /** A snapshot older than this was not refreshed as it should have been. */
    public Duration staleAfter() {
        return interval.multipliedBy(3);
    }

    private static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /**
     * How the history thins out with age; the largest lag of each span is what stays.
     *
     * @param everything age up to which every sample is kept
     * @param medium age up to which one per 15 s is kept
     * @param coarse age up to which one per 5 min is kept; older ones are deleted
     */
    public record History(
            @DefaultValue("1h") Duration everything,
            @DefaultValue("24h") Duration medium,
            @DefaultValue("30d") Duration coarse) {}
}
