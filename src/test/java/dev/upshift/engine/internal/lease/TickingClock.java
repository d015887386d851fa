package dev.upshift.engine.internal.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves on by a fixed time whenever somebody looks, so that deadlines pass without anybody waiting. */
public final class TickingClock extends Clock {

    private final Duration tick;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    public TickingClock(Duration tick) {
        this.tick = tick;
    }

    @Override
    public synchronized Instant instant() {
        now = now.plus(tick);
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
