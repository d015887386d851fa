package dev.upshift.check.internal.entry;

import dev.upshift.check.Finding;
import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.check.Place;
import dev.upshift.check.internal.entry.EntryTrial.Whereabouts;
import java.util.List;
import java.util.Optional;

/** Says that a pooler would go on to look up passwords on the side that is left. */
final class LookupObjection {

    private LookupObjection() {}

    static Optional<Finding> of(Asked asked, Candidate entry, Whereabouts where) {
        return switch (where) {
            case ELSEWHERE -> Optional.empty();
            case THERE ->
                Optional.of(finding(
                        asked,
                        entry,
                        ("it looks up passwords through its entry %s (auth_dbname), which leads to the %s (%s) and does not"
                                        + " move: as soon as that server is off, nobody could sign in any more.")
                                .formatted(entry.name(), asked.side().word(), entry.address())));
            case UNTOLD ->
                Optional.of(finding(
                        asked,
                        entry,
                        ("it looks up passwords through its entry %s (auth_dbname), which uses %s, so it cannot be told"
                                        + " whether it leads to the %s, and it does not move.")
                                .formatted(
                                        entry.name(),
                                        entry.address(),
                                        asked.side().word())));
        };
    }

    private static Finding finding(Asked asked, Candidate entry, String reason) {
        return new Finding(
                Place.at(asked.pooler().name()),
                List.of(entry.name()),
                reason,
                "Set auth_dbname to an entry that moves, or leave it out, so that auth_query runs in the database of each"
                        + " client; give auth_user there what the query needs, on both sides; and RELOAD.");
    }
}
