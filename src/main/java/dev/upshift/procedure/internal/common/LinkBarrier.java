package dev.upshift.procedure.internal.common;

import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.Links.SlotState;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Waits until everything that was written on the publishing side so far is flushed on the subscribing one: a sentinel
 * row has arrived, and the slot's confirmed flush position has passed the log's end.
 */
@Component
public class LinkBarrier {

    private final HelperSchema helperSchema;
    private final Links links;
    private final Waiting waiting;

    LinkBarrier(HelperSchema helperSchema, Links links, Waiting waiting) {
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
            String link,
            Duration atMost,
            Duration every,
            BooleanSupplier keepOn) {
        String token = UUID.randomUUID().toString();
        helperSchema.write(publisher, token);
        Lsn end = links.insertPosition(publisher);
        Lsn[] flushed = {new Lsn(0)};
        boolean[] seen = {false};
        waiting.until(atMost, every, () -> {
            if (!flushed[0].isAtLeast(end)) {
                flushed[0] = confirmed(publisher, link).orElse(flushed[0]);
            }
            seen[0] = flushed[0].isAtLeast(end) && helperSchema.sees(subscriber, token);
            return seen[0] || !keepOn.getAsBoolean();
        });
        return new Reading(seen[0], end, flushed[0]);
    }

    private Optional<Lsn> confirmed(PostgresSession publisher, String link) {
        return links.slot(publisher, link).map(SlotState::confirmedFlush);
    }

    /**
     * @param reached whether the subscribing side has everything up to {@code end}
     * @param flushed how far it had flushed when last looked at
     */
    public record Reading(boolean reached, Lsn end, Lsn flushed) {}
}
