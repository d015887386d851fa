package dev.upshift.lab;

import dev.upshift.lab.JournalLine.Fate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What may and must be in the ledger for one key, after all that its writer was told. */
final class ExpectedEntry {

    /** Whether a row has to be there. */
    private enum Presence {
        PRESENT,
        ABSENT,
        EITHER
    }

    private final String key;
    private Presence presence = Presence.ABSENT;
    private String why = "its writer never got as far as COMMIT";
    private long lowestVersion;
    private long highestVersion;
    private @Nullable Drawn drawn;
    private int seen;

    ExpectedEntry(String key) {
        this.key = key;
    }

    /** What the server said it drew from its sequences; unknown unless the write was acknowledged. */
    Optional<Drawn> drawn() {
        return Optional.ofNullable(drawn);
    }

    /** Takes in the next line of the writer's journal about this entry. */
    void apply(JournalLine line) {
        switch (line.operation()) {
            case PLACE -> placed(line);
            case AMEND -> amended(line);
            case WITHDRAW -> withdrawn(line);
        }
    }

    private void placed(JournalLine line) {
        if (line.fate() == Fate.ACKNOWLEDGED) {
            presence = Presence.PRESENT;
            drawn = new Drawn(line.values().get(0), line.values().get(1));
        } else if (line.fate() == Fate.IN_DOUBT) {
            presence = Presence.EITHER;
        }
    }

    private void amended(JournalLine line) {
        if (line.fate() == Fate.ACKNOWLEDGED) {
            lowestVersion = line.values().get(0);
            highestVersion = line.values().get(0);
        } else if (line.fate() == Fate.IN_DOUBT) {
            highestVersion = line.values().get(0);
        }
    }

    private void withdrawn(JournalLine line) {
        if (line.fate() == Fate.ACKNOWLEDGED) {
            presence = Presence.ABSENT;
            why = "it was withdrawn, and that was acknowledged";
        } else if (line.fate() == Fate.IN_DOUBT) {
            presence = Presence.EITHER;
        }
    }

    /** Takes in a row that the server has for this key, and notes what is wrong with it. */
    void see(long version, Drawn found, Violations violations) {
        seen++;
        if (seen == 2) {
            violations.add("duplicate entries", key + " is there more than once");
        }
        if (presence == Presence.ABSENT) {
            violations.add("entries that must not be there", key + " is there although " + why);
        } else if (version < lowestVersion || version > highestVersion) {
            violations.add(
                    "lost changes",
                    key + " has version " + version + ", acknowledged was " + lowestVersion
                            + (highestVersion > lowestVersion ? ", in doubt is " + highestVersion : ""));
        }
        if (drawn != null && !drawn.equals(found)) {
            violations.add("changed entries", key + " has " + found + ", acknowledged was " + drawn);
        }
    }

    /** Notes what is wrong once all rows of the server were seen. */
    void conclude(Violations violations) {
        if (presence == Presence.PRESENT && seen == 0) {
            violations.add("lost entries", key + " was acknowledged and is not there");
        }
    }

    /** What the server drew from its sequences for an entry. */
    record Drawn(long ticket, long countdown) {}
}
