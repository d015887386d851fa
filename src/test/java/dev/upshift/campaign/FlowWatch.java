package dev.upshift.campaign;

import dev.upshift.lab.LedgerWriters;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks all the time whether any client waits for longer than it does in quiet times, and remembers when one last did. */
final class FlowWatch implements AutoCloseable {

    /** Well above what a busy machine makes a transaction wait, well below what a person notices. */
    private static final Duration HELD = Duration.ofMillis(400);

    private static final long EVERY_MILLIS = 20;

    private final LedgerWriters writers;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("flow-watch").factory());
    private volatile @Nullable Instant lastHeld;

    FlowWatch(LedgerWriters writers) {
        this.writers = writers;
        ScheduledFuture<?> _ = looking.scheduleAtFixedRate(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Instant now = Instant.now();
        if (writers.longestWait(now, now).compareTo(HELD) > 0) {
            lastHeld = now;
        }
    }

    /** How long after this moment the last client was still held; nothing if none was. */
    Duration heldAfter(Instant moment) {
        Instant last = lastHeld;
        return last == null || last.isBefore(moment) ? Duration.ZERO : Duration.between(moment, last);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
