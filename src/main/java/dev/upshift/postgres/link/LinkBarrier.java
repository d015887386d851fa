package dev.upshift.postgres.link;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until everything that was written on the publishing side so far is on the disk of the subscribing one.
 *
 * <p>Apply commits in the publisher's order, so once a sentinel row has arrived, all that was committed before it has
 * been committed there, and its commit records lie before the end of the subscriber's log as read at that moment. One
 * commit of ours that waits for the disk then takes the log there, whatever {@code synchronous_commit} the apply
 * worker has; {@code pg_current_wal_flush_lsn()} shows that it did. See {@code docs/adr/0012-barrier.md}.
 */
public class LinkBarrier {

    private final HelperSchema helperSchema;
    private final Links links;
    private final Waiting waiting;

    public LinkBarrier(HelperSchema helperSchema, Links links, Waiting waiting) {
        this.helperSchema = helperSchema;
        this.links = links;
        this.waiting = waiting;
    }

    /**
     * @param keepOn asked at every look; false ends the wait
     * @param every poll interval
     * @return the positions, whether or not the barrier was reached in time
     */
    public Reading await(
            PostgresSession publisher,
            PostgresSession subscriber,
            Duration atMost,
            Duration every,
            BooleanSupplier keepOn) {
        String token = UUID.randomUUID().toString();
        helperSchema.write(publisher, token);
        Lsn end = links.insertPosition(publisher);
        AtomicReference<@Nullable Lsn> arrival = new AtomicReference<>();
        waiting.until(atMost, every, () -> {
            arrival.set(helperSchema.arrival(subscriber, token).orElse(null));
            return arrival.get() != null || !keepOn.getAsBoolean();
        });
        Lsn arrived = arrival.get();
        return arrived == null
                ? new Reading(end, Optional.empty(), Optional.empty())
                : new Reading(end, Optional.of(arrived), Optional.of(links.flush(subscriber)));
    }

    /**
     * @param end the end of the publisher's log once the sentinel was written
     * @param arrived the end of the subscriber's log once the sentinel was seen there; empty while it was not
     * @param flushed how far the subscriber's log was on disk after that
     */
    public record Reading(Lsn end, Optional<Lsn> arrived, Optional<Lsn> flushed) {

        /** Whether the subscribing side has everything up to {@code end}, and on disk. */
        public boolean reached() {
            return arrived.isPresent() && flushed.isPresent() && flushed.get().isAtLeast(arrived.get());
        }
    }
}
