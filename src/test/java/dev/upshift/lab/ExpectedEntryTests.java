package dev.upshift.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.ExpectedEntry.Drawn;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a writer was told decides what a server may hold. */
class ExpectedEntryTests {

    private static final Drawn DRAWN = new Drawn(7, -7);

    @Test
    void acknowledgedMustBeThereOnce() {
        assertThat(violations(List.of("1 ACKNOWLEDGED PLACE 1 7 -7"), 0)).isEmpty();
        assertThat(violations(List.of("1 ACKNOWLEDGED PLACE 1 7 -7"))).containsExactly("lost entries");
        assertThat(violations(List.of("1 ACKNOWLEDGED PLACE 1 7 -7"), 0, 0)).containsExactly("duplicate entries");
    }

    @Test
    void inDoubtMayBeThereOrNot() {
        assertThat(violations(List.of("1 IN_DOUBT PLACE 1"), 0)).isEmpty();
        assertThat(violations(List.of("1 IN_DOUBT PLACE 1"))).isEmpty();
        assertThat(violations(List.of("1 IN_DOUBT PLACE 1"), 0, 0)).containsExactly("duplicate entries");
    }

    @Test
    void refusedMustNotBeThere() {
        assertThat(violations(List.of("1 REFUSED PLACE 1"))).isEmpty();
        assertThat(violations(List.of("1 REFUSED PLACE 1"), 0)).containsExactly("entries that must not be there");
    }

    @Test
    void amendedHasItsLastAcknowledgedVersion() {
        List<String> amended = List.of("1 ACKNOWLEDGED PLACE 1 7 -7", "2 ACKNOWLEDGED AMEND 1 1");
        assertThat(violations(amended, 1)).isEmpty();
        assertThat(violations(amended, 0)).containsExactly("lost changes");
        List<String> doubtful = List.of("1 ACKNOWLEDGED PLACE 1 7 -7", "2 IN_DOUBT AMEND 1 1");
        assertThat(violations(doubtful, 0)).isEmpty();
        assertThat(violations(doubtful, 1)).isEmpty();
        assertThat(violations(doubtful, 2)).containsExactly("lost changes");
    }

    @Test
    void withdrawnMustBeGone() {
        List<String> withdrawn = List.of("1 ACKNOWLEDGED PLACE 1 7 -7", "2 ACKNOWLEDGED WITHDRAW 1");
        assertThat(violations(withdrawn)).isEmpty();
        assertThat(violations(withdrawn, 0)).containsExactly("entries that must not be there");
        List<String> doubtful = List.of("1 ACKNOWLEDGED PLACE 1 7 -7", "2 IN_DOUBT WITHDRAW 1");
        assertThat(violations(doubtful)).isEmpty();
        assertThat(violations(doubtful, 0)).isEmpty();
    }

    @Test
    void drawnValuesStay() {
        assertThat(violations(List.of("1 ACKNOWLEDGED PLACE 1 8 -7"), 0)).containsExactly("changed entries");
    }

    @Test
    void linesReadAsTheyWereWritten() {
        String text = "1700000000000 ACKNOWLEDGED PLACE 17 4711 -4711";
        assertThat(JournalLine.parse(text).text()).isEqualTo(text);
    }

    private static Set<String> violations(List<String> journal, long... versionsOfRows) {
        ExpectedEntry entry = new ExpectedEntry("entry 1");
        journal.stream().map(JournalLine::parse).forEach(entry::apply);
        Violations violations = new Violations();
        for (long version : versionsOfRows) {
            entry.see(version, DRAWN, violations);
        }
        entry.conclude(violations);
        return violations.counts().keySet();
    }
}
