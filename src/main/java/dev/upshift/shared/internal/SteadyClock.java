package dev.upshift.shared.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock that deadlines can be kept by: it goes on like a stop-watch and never goes back. When somebody sets the
 * machine's clock, this one follows by going a twentieth faster or slower until both agree, so that a deadline comes a
 * little early or late instead of at once or never. Only when the machine's clock is more than a minute ahead, as after
 * a machine was asleep, does it leap.
 */
final class SteadyClock extends Clock {

    static final Duration LEAP = Duration.ofMinutes(1);

    private static final int SLEW = 20;

    private final Clock wall;
    private final LongSupplier nanos;
    private final ZoneId zone;
    private long asked;
    private Instant told;

    /** @param nanos as {@link System#nanoTime()} */
    SteadyClock(Clock wall, LongSupplier nanos) {
        this(wall, nanos, wall.getZone());
    }

    private SteadyClock(Clock wall, LongSupplier nanos, ZoneId zone) {
        this.wall = wall;
        this.nanos = nanos;
        this.zone = zone;
        this.asked = nanos.getAsLong();
        this.told = wall.instant();
    }

    @Override
    public synchronized Instant instant() {
        long now = nanos.getAsLong();
        long passed = Math.max(0, now - asked);
        asked = now;
        told = told.plusNanos(passed);
        Duration behind = Duration.between(told, wall.instant());
        if (behind.compareTo(LEAP) > 0) {
            told = told.plus(behind);
        } else {
            long most = passed / SLEW;
            long difference = behind.compareTo(LEAP.negated()) < 0 ? -most : behind.toNanos();
            told = told.plusNanos(Math.clamp(difference, -most, most));
        }
        return told;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(wall, nanos, other);
    }
}
