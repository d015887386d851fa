package dev.upshift.lab;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all writers together have done and seen; shared by their threads. */
final class WritersTally {

    /** Errors beyond these are counted, not kept. */
    private static final int KEPT_ERRORS = 1_000;

    private final Instant origin = Instant.now();
    private final long originNanos = System.nanoTime();
    private final LatencyRecord latencies = new LatencyRecord();
    private final LongAdder attempted = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder inDoubt = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<ClientError> kept = new CopyOnWriteArrayList<>();
    private final AtomicLong nextBadgeNanos = new AtomicLong();
    private final Duration badgeEvery;

    WritersTally(Duration badgeEvery) {
        this.badgeEvery = badgeEvery;
    }

    /** Nanoseconds since this tally began. */
    long now() {
        return System.nanoTime() - originNanos;
    }

    long at(Instant instant) {
        return Duration.between(origin, instant).toNanos();
    }

    LatencyRecord latencies() {
        return latencies;
    }

    void began() {
        attempted.increment();
        inFlight.incrementAndGet();
    }

    void acknowledged(long beganNanos, long endedNanos) {
        acknowledged.increment();
        latencies.note(beganNanos, endedNanos);
    }

    void failed(JournalLine.Fate fate) {
        switch (fate) {
            case IN_DOUBT -> inDoubt.increment();
            case REFUSED -> refused.increment();
            case MISSING -> missing.increment();
            case ACKNOWLEDGED -> throw new IllegalArgumentException("Acknowledged is no failure");
        }
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    void reconnected() {
        reconnects.increment();
    }

    void error(int writer, String through, SQLException error) {
        errors.increment();
        if (kept.size() < KEPT_ERRORS) {
            kept.add(new ClientError(
                    Instant.now(),
                    writer,
                    through,
                    Objects.requireNonNullElse(error.getSQLState(), ""),
                    Objects.requireNonNullElse(error.getMessage(), "")));
        }
    }

    List<ClientError> errors() {
        return List.copyOf(kept);
    }

    /** Tells one of those who ask, once in a while, to draw from the sequence that has few values left. */
    boolean badgeDue() {
        long due = nextBadgeNanos.get();
        long now = now();
        return now >= due && nextBadgeNanos.compareAndSet(due, now + badgeEvery.toNanos());
    }

    WriterCounters counters() {
        return new WriterCounters(
                attempted.sum(),
                acknowledged.sum(),
                inDoubt.sum(),
                refused.sum(),
                missing.sum(),
                errors.sum(),
                reconnects.sum(),
                inFlight.get());
    }
}
