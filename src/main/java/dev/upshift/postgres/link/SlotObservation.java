package dev.upshift.postgres.link;

import dev.upshift.shared.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One look at a replication slot, with what tells whether a later look was at the very same one, and whether it was sent
 * the same through it all the time. A slot has a name only: one that was dropped and made again is told from the one
 * before by what it cannot have.
 *
 * @param at when, by the server's clock
 * @param database that it decodes
 * @param plugin that it decodes with
 * @param flushed how far the server's log was on disk then; 0/0 on a standby
 * @param restart from where it reads the log; null once it has lost its place
 * @param confirmed what the subscriber has flushed
 * @param sender process that held it, null while nobody did
 * @param senderSince when that process began; null where our role may not see it
 * @param slotsChanged when any slot of the server was last made or dropped, to the second: the modification time of
 *     {@code pg_replslot}. Null where our role may not execute {@code pg_stat_file}
 * @param publication who wrote the row of the publication of the slot's name, as text: another one when it was altered,
 *     even if it was put back, but not when tables came to it or left it. Null where that was not noted
 */
public record SlotObservation(
        Instant at,
        String database,
        String plugin,
        Lsn flushed,
        @Nullable Lsn restart,
        @Nullable Lsn confirmed,
        @Nullable Integer sender,
        @Nullable Instant senderSince,
        @Nullable Instant slotsChanged,
        @Nullable String publication) {

    /** A change within the second that is known would not show, and file systems' clocks are a little coarse. */
    private static final Duration SECOND = Duration.ofSeconds(2);

    /**
     * Whether this is proven to be the very slot that was seen earlier. Any of these proves it:
     *
     * <ul>
     *   <li>the same process holds it: a slot that is held cannot be dropped;
     *   <li>it reads from before the end that the log had then: a slot that is made begins at the end of the log;
     *   <li>no slot of the server was made or dropped since.
     * </ul>
     *
     * <p>That what the subscriber has confirmed is not ahead of what it has applied proves nothing: a slot that was made
     * again and has been read from since looks like that as well.
     */
    public boolean continues(SlotObservation earlier) {
        return database.equals(earlier.database)
                && plugin.equals(earlier.plugin)
                && (isHeldAsIn(earlier) || readsFromBefore(earlier) || nothingHappenedSince(earlier));
    }

    /**
     * Whether its publication has not been altered since it was seen earlier. What one left out for a while was passed
     * over, and nothing sends it again.
     */
    public boolean publishesAs(SlotObservation earlier) {
        return earlier.publication == null || earlier.publication.equals(publication);
    }

    private boolean isHeldAsIn(SlotObservation earlier) {
        return sender != null
                && senderSince != null
                && sender.equals(earlier.sender)
                && senderSince.equals(earlier.senderSince);
    }

    private boolean readsFromBefore(SlotObservation earlier) {
        return restart != null && !restart.isAtLeast(earlier.flushed);
    }

    private boolean nothingHappenedSince(SlotObservation earlier) {
        return slotsChanged != null
                && Objects.equals(slotsChanged, earlier.slotsChanged)
                && !earlier.at.isBefore(slotsChanged.plus(SECOND));
    }
}
