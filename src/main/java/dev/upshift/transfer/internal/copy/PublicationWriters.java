package dev.upshift.transfer.internal.copy;

import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.SlotObservation;
import java.util.Map;
import java.util.Optional;

/** Who wrote the rows of the publications: noted when their slots are made, so that a later change is seen. */
final class PublicationWriters {

    /** Fact: who wrote the row of the publication when its slot was made, by database. */
    private static final String WRITER = "publication.";

    private final ForwardLinks links;

    PublicationWriters(ForwardLinks links) {
        this.links = links;
    }

    /** The writer as it is now, as a fact. */
    Map<String, String> seen(String database) {
        return writer(links.onServers().observe(links.source(database), links.name(database)))
                .map(writer -> Map.of(WRITER + database, writer))
                .orElse(Map.of());
    }

    private static Optional<String> writer(Optional<SlotObservation> slot) {
        return slot.map(SlotObservation::publication);
    }

    /** Whether it is another one than the facts tell, where they tell. */
    boolean isAltered(Map<String, String> facts, String database, Optional<SlotObservation> slot) {
        String noted = facts.get(WRITER + database);
        return noted != null && !writer(slot).equals(Optional.of(noted));
    }

    static String altered(String database, String publication) {
        return (" %s: the publication %s on the source was altered after it was made, even if it was put back: what was written"
                        + " there meanwhile may be missing on the target. Verify: if all tables are equal, nothing is."
                        + " Otherwise %s. No cutover before that.")
                .formatted(database, publication, CopyAnew.THOSE_THAT_DIFFER);
    }
}
