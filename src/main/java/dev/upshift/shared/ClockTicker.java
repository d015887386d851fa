package dev.upshift.shared;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A clock's time for caches that forget after a while. */
public record ClockTicker(Clock clock) implements Ticker {

    @Override
    public long read() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    }
}
