package dev.upshift.procedure.internal.switching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.Sequences.SequenceValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushedSequencesTests {

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

        assertThat(PushedSequences.hasRoom(value, MARGIN)).isEqualTo(room);
    }

    @Test
    void aSequenceThatCyclesHasNoAhead() {
        assertThat(PushedSequences.hasRoom(cycling(1, true), 1)).isFalse();
    }

    @Test
    void aSequenceWithinItsMarginIsLeftAlone() {
        PushedSequences pushed = pushed(ascending("ids", 2000, true));

        assertThat(pushed.outrunBy("shop", List.of(ascending("ids", 1999, true))))
                .isEmpty();
        assertThat(pushed.outrunBy("shop", List.of(ascending("ids", 2000, true))))
                .isEmpty();
    }

    @Test
    void aSequenceBeyondItsMarginIsSet() {
        SequenceValue now = ascending("ids", 2001, true);

        assertThat(pushed(ascending("ids", 2000, true)).outrunBy("shop", List.of(now)))
                .containsExactly(now);
    }

    @Test
    void aDescendingSequenceIsOutrunDownwards() {
        PushedSequences pushed = pushed(descending(-1000));

        assertThat(pushed.outrunBy("shop", List.of(descending(-999)))).isEmpty();
        assertThat(pushed.outrunBy("shop", List.of(descending(-1001)))).hasSize(1);
    }

    @Test
    void aSequenceThatWasFirstCalledSinceIsSet() {
        SequenceValue now = ascending("ids", 1, true);

        assertThat(pushed(ascending("ids", 1, false)).outrunBy("shop", List.of(now)))
                .containsExactly(now);
        assertThat(pushed(ascending("ids", 1, false)).outrunBy("shop", List.of(ascending("ids", 1, false))))
                .isEmpty();
    }

    @Test
    void aSequenceThatCyclesIsSetUnlessItStandsStill() {
        assertThat(pushed(cycling(50, true)).outrunBy("shop", List.of(cycling(50, true))))
                .isEmpty();
        assertThat(pushed(cycling(50, true)).outrunBy("shop", List.of(cycling(3, true))))
                .hasSize(1);
        assertThat(pushed(cycling(50, true)).outrunBy("shop", List.of(cycling(51, true))))
                .hasSize(1);
        assertThat(pushed(cycling(1, false)).outrunBy("shop", List.of(cycling(1, true))))
                .hasSize(1);
    }

    @Test
    void aSequenceThatIsNewSinceIsSet() {
        SequenceValue now = ascending("new", 1, false);

        assertThat(pushed(ascending("ids", 1, true)).outrunBy("shop", List.of(now)))
                .containsExactly(now);
    }

    @Test
    void namesOfOtherSchemasAndDatabasesAreOthers() {
        PushedSequences pushed = pushed(ascending("ids", 2000, true));
        SequenceValue elsewhere = new SequenceValue("Public", "ids", 5, true, 1, 1, Long.MAX_VALUE, false);

        assertThat(pushed.outrunBy("shop", List.of(elsewhere))).hasSize(1);
        assertThat(pushed.outrunBy("billing", List.of(ascending("ids", 5, true))))
                .hasSize(1);
    }

    /** After a restart nothing is known of what was pushed: everything is set, which is slow and right. */
    @Test
    void withoutMemoryEverythingIsSet() {
        assertThat(new PushedSequences().outrunBy("shop", List.of(ascending("ids", 5, true))))
                .hasSize(1);
    }

    private static PushedSequences pushed(SequenceValue value) {
        PushedSequences pushed = new PushedSequences();
        pushed.keep("shop", List.of(value));
        return pushed;
    }
}
