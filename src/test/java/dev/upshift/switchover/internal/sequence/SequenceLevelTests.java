package dev.upshift.switchover.internal.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceLevelTests {

    private static final int MARGIN = 1000;

    private static SequenceValue ascending(String name, long last, boolean called) {
        return new SequenceValue("public", name, last, called, 1, 1, Long.MAX_VALUE, false);
    }

    private static SequenceValue cycling(long last, boolean called) {
        return new SequenceValue("public", "round", last, called, 1, 1, 100, true);
    }

    private static SequenceValue descending(long last) {
        return new SequenceValue("public", "down", last, true, -1, Long.MIN_VALUE, -1, false);
    }

    @ParameterizedTest(name = "at {0} by {1} within {2} … {3}: {4}")
    @CsvSource({
        "1, 1, 1, 9223372036854775807, true",
        "9223372036854773807, 1, 1, 9223372036854775807, true",
        "9223372036854773808, 1, 1, 9223372036854775807, false",
        "30767, 1, 1, 32767, true",
        "30768, 1, 1, 32767, false",
        "-1, -1, -9223372036854775808, -1, true",
        "-9223372036854773808, -1, -9223372036854775808, -1, true",
        "-9223372036854773807, -1, -9223372036854775808, -1, true",
        "-9223372036854773809, -1, -9223372036854775808, -1, false",
        "1, 4611686018427387904, 1, 9223372036854775807, false",
        "-9223372036854775808, 1, -9223372036854775808, 9223372036854775807, true"
    })
    void roomIsTwiceTheMarginInTheDirectionOfTheIncrement(
            long last, long increment, long minimum, long maximum, boolean room) {
        SequenceValue value = new SequenceValue("s", "n", last, true, increment, minimum, maximum, false);

        assertThat(SequenceLevel.hasRoom(value, MARGIN)).isEqualTo(room);
    }

    @Test
    void aSequenceThatCyclesHasNoAhead() {
        assertThat(SequenceLevel.hasRoom(cycling(1, true), 1)).isFalse();
    }

    @Test
    void aSequenceWithinItsMarginIsLeftAlone() {
        SequenceValue standing = ascending("ids", 2000, true);

        assertThat(missing(standing, List.of(ascending("ids", 1999, true)))).isEmpty();
        assertThat(missing(standing, List.of(ascending("ids", 2000, true)))).isEmpty();
    }

    @Test
    void aSequenceBeyondItsMarginIsSet() {
        SequenceValue now = ascending("ids", 2001, true);

        assertThat(missing(ascending("ids", 2000, true), List.of(now))).containsExactly(now);
    }

    @Test
    void aDescendingSequenceIsOutrunDownwards() {
        SequenceValue standing = descending(-1000);

        assertThat(missing(standing, List.of(descending(-999)))).isEmpty();
        assertThat(missing(standing, List.of(descending(-1001)))).hasSize(1);
    }

    @Test
    void aSequenceThatWasFirstCalledSinceIsSet() {
        SequenceValue now = ascending("ids", 1, true);

        assertThat(missing(ascending("ids", 1, false), List.of(now))).containsExactly(now);
        assertThat(missing(ascending("ids", 1, false), List.of(ascending("ids", 1, false))))
                .isEmpty();
    }

    @Test
    void aSequenceThatCyclesIsSetUnlessItStandsStill() {
        assertThat(missing(cycling(50, true), List.of(cycling(50, true)))).isEmpty();
        assertThat(missing(cycling(50, true), List.of(cycling(3, true)))).hasSize(1);
        assertThat(missing(cycling(50, true), List.of(cycling(51, true)))).hasSize(1);
        assertThat(missing(cycling(1, false), List.of(cycling(1, true)))).hasSize(1);
    }

    @Test
    void aSequenceThatIsNewSinceIsSet() {
        SequenceValue now = ascending("new", 1, false);

        assertThat(missing(ascending("ids", 1, true), List.of(now))).containsExactly(now);
    }

    @Test
    void namesOfOtherSchemasAreOthers() {
        SequenceValue standing = ascending("ids", 2000, true);
        SequenceValue elsewhere = new SequenceValue("Public", "ids", 5, true, 1, 1, Long.MAX_VALUE, false);

        assertThat(missing(standing, List.of(elsewhere))).hasSize(1);
    }

    @Test
    void whereNothingIsKnownToStandEverythingIsSet() {
        assertThat(SequenceLevel.missing(List.of(), List.of(ascending("ids", 5, true))))
                .hasSize(1);
    }

    /** As where a table was truncated with RESTART IDENTITY after its sequence had been pushed ahead. */
    @Test
    void aSequenceThatWasSetBackIsSetAgain() {
        SequenceValue now = ascending("ids", 50, true);

        assertThat(missing(ascending("ids", 1, false), List.of(now))).containsExactly(now);
    }

    private static List<SequenceValue> missing(SequenceValue standing, List<SequenceValue> wanted) {
        return SequenceLevel.missing(List.of(standing), wanted);
    }
}
