package dev.upshift.records;

import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.SlotObservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Whether the slot of each link is still the one that was made for it, and its publication was not altered. Kept for all
 * control planes; each look is compared with the last one, and a look that does not prove that it met the same slot, with
 * its publication as before, leaves a doubt, which stays until the rows themselves were compared.
 */
public interface SlotContinuity {

    /** We are about to make a slot, or to use it for the first time: what was known under its name means nothing. */
    void begins(long project, String slot);

    /**
     * Compares with the last look, and keeps this one for the next; the first that is kept is one at a slot that somebody
     * reads. Answers what is in doubt, be it since long ago.
     */
    Optional<Doubt> see(long project, String slot, SlotObservation now);

    /** Somebody else knows that its publication was altered: a doubt, as if a look had found it. */
    void doubt(long project, String slot);

    /** Every row of the project was compared, beginning at that time, and both sides were equal: older doubts are over. */
    void verified(long project, Instant begun);

    /** Forgets the slots of all other projects: those are no more. */
    void keepOnly(List<Long> projects);

    /**
     * The slot may have been dropped and made again, or its publication altered; what was written meanwhile may then be
     * missing on the other side.
     *
     * @param since when that was noticed
     */
    record Doubt(Instant since) {

        /** What is affected and what to do, in sentences. */
        public String inWords(String slot, String database, String from, String to) {
            return "The replication slot %s on the %s %s %s".formatted(slot, from, happened(database, to), remedy());
        }

        /** What may have happened to the slot, and what is affected; the rest of a sentence that begins with it. */
        public String happened(String database, String to) {
            return ("was dropped and made again, or its publication was altered, or that neither happened cannot be proven"
                            + " (noticed %s): what was written to any table of %s just before may be missing on the %s.")
                    .formatted(since.truncatedTo(ChronoUnit.SECONDS), database, to);
        }

        public String remedy() {
            return "Verify now: if it finds all tables equal, nothing is missing and this is over. Otherwise %s."
                    .formatted(CopyAnew.THOSE_THAT_DIFFER);
        }
    }
}
