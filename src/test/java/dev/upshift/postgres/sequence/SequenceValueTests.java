package dev.upshift.postgres.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceValueTests {

    private static final long MAX = Long.MAX_VALUE;
    private static final long MIN = Long.MIN_VALUE;

    @ParameterizedTest(name = "{0}: {1} + {5} × {2} in {3}..{4} → {6}")
    @CsvSource({
        // what,              last,                 by, minimum,              maximum,              margin, ahead
        "plain,               100,                  1,  1,                    9223372036854775807,  1000,   1100",
        "in tens,             100,                  10, 1,                    9223372036854775807,  1000,   10100",
        "descending,          -100,                 -1, -9223372036854775808, -1,                   1000,   -1100",
        "descending in tens,  -100,                 -10,-9223372036854775808, -1,                   1000,   -10100",
        "no margin,           100,                  1,  1,                    1000000,              0,      100",
        "integer,             100,                  1,  1,                    2147483647,           1000,   1100",
        "smallint,            1,                    1,  1,                    32767,                1000,   328",
        "smallint near end,   32700,                1,  1,                    32767,                1000,   32700",
        "a hundred left,      32667,                1,  1,                    32767,                1000,   32668",
        "at the end,          32767,                1,  1,                    32767,                1000,   32767",
        "descending near end, -32700,               -1, -32768,               -1,                   1000,   -32700",
        "descending at end,   -32768,               -1, -32768,               -1,                   1000,   -32768",
        "steps not distance,  1,                    500,1,                    100000,               1000,   501",
        "leap larger than room,1,                   99, 1,                    50,                   1000,   1",
        "near the last long,  9223372036854775706,  1,  1,                    9223372036854775807,  1000,   9223372036854775707",
        "near the first long, -9223372036854775707, -1, -9223372036854775808, -1,                   1000,   -9223372036854775708",
        "whole range up,      -9223372036854775808, 1,  -9223372036854775808, 9223372036854775807,  1000,   -9223372036854774808",
        "whole range down,    9223372036854775807,  -1, -9223372036854775808, 9223372036854775807,  1000,   9223372036854774807",
        "giant leaps up,      -9223372036854775808, 9223372036854775807, -9223372036854775808, 9223372036854775807, 1000, -9223372036854775808",
        "giant leaps down,    9223372036854775807,  -9223372036854775808, -9223372036854775808, 9223372036854775807, 1000, 9223372036854775807",
        "wide leaps up,       -9223372036854775808, 92233720368547758, -9223372036854775808, 9223372036854775807, 1000, -9038904596117680292",
        "largest margin,      0,                    4000000000, 0,            9223372036854775807,  2147483647, 92233720000000000",
    })
    void movesAheadInTheDirectionOfTheIncrement(
            String what, long last, long increment, long minimum, long maximum, int margin, long ahead) {
        SequenceValue moved = sequence(last, true, increment, minimum, maximum).ahead(margin);

        assertThat(moved.lastValue()).as(what).isEqualTo(ahead);
        assertThat(moved.called()).isTrue();
        assertThat(moved).isEqualTo(sequence(moved.lastValue(), true, increment, minimum, maximum));
    }

    /** Pushed ahead over and over, as by switches to and fro, a sequence still serves the next client. */
    @ParameterizedTest
    @CsvSource({"1, 1, 32767", "-1, -32768, -1", "7, 1, 2147483647", "-9223372036854775808, -9223372036854775808, -1"})
    void isNeverExhaustedByMargins(long increment, long minimum, long maximum) {
        SequenceValue value = sequence(increment > 0 ? minimum : maximum, true, increment, minimum, maximum);
        boolean couldGoOn = hasNext(value);
        for (int i = 0; i < 100_000; i++) {
            value = value.ahead(Integer.MAX_VALUE);
        }

        assertThat(hasNext(value)).isEqualTo(couldGoOn);
    }

    @ParameterizedTest
    @MethodSource("interesting")
    void neverLeavesItsBoundsNorGoesBack(SequenceValue value) {
        for (int margin : new int[] {0, 1, 7, 1000, Integer.MAX_VALUE}) {
            SequenceValue ahead = value.ahead(margin);

            assertThat(ahead.lastValue()).isBetween(value.minimum(), value.maximum());
            assertThat(ahead.covers(value)).isTrue();
            BigInteger distance = BigInteger.valueOf(ahead.lastValue()).subtract(BigInteger.valueOf(value.lastValue()));
            assertThat(distance.mod(BigInteger.valueOf(value.increment()).abs()))
                    .as("stays in step")
                    .isZero();
            assertThat(distance.signum() * Long.signum(value.increment())).isNotNegative();
        }
    }

    static Stream<SequenceValue> interesting() {
        long[] values = {MIN, MIN + 1, -32768, -1000, -1, 0, 1, 999, 32767, MAX - 1, MAX};
        long[] increments = {MIN, MIN + 1, -1000, -1, 1, 3, 1000, MAX};
        return Arrays.stream(values)
                .boxed()
                .flatMap(last -> Arrays.stream(increments)
                        .boxed()
                        .flatMap(by -> Stream.of(
                                sequence(last, true, by, MIN, MAX),
                                sequence(last, false, by, MIN, MAX),
                                sequence(last, true, by, last, last),
                                sequence(last, true, by, Math.min(last, 0), Math.max(last, 100)))));
    }

    @Test
    void staysWhereItNeverBegan() {
        SequenceValue fresh = sequence(1, false, 1, 1, MAX);

        assertThat(fresh.ahead(1000)).isEqualTo(fresh);
    }

    @Test
    void staysWhereAheadMayMeanBefore() {
        SequenceValue round = new SequenceValue("public", "round", 998, true, 1, 1, 1000, true);

        assertThat(round.ahead(1000)).isEqualTo(round);
    }

    @Test
    void refusesANegativeMargin() {
        SequenceValue value = sequence(1, true, 1, 1, MAX);

        assertThatThrownBy(() -> value.ahead(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("coverings")
    void coversWhatWasHandedOut(String what, SequenceValue mine, SequenceValue other, boolean covers) {
        assertThat(mine.covers(other)).isEqualTo(covers);
    }

    static Stream<Arguments> coverings() {
        return Stream.of(
                Arguments.of("same", up(5, true), up(5, true), true),
                Arguments.of("both never called", up(1, false), up(1, false), true),
                Arguments.of("other has handed out the value that mine would", up(5, false), up(5, true), false),
                Arguments.of("mine has handed out the value that other would", up(5, true), up(5, false), true),
                Arguments.of("ahead", up(6, true), up(5, true), true),
                Arguments.of("behind", up(4, true), up(5, true), false),
                Arguments.of("ahead, not called", up(6, false), up(5, true), true),
                Arguments.of("descending, ahead", down(-6, true), down(-5, true), true),
                Arguments.of("descending, behind", down(-4, true), down(-5, true), false),
                Arguments.of("extremes", up(MAX, true), up(MIN, true), true),
                Arguments.of("extremes, behind", up(MIN, true), up(MAX, true), false),
                Arguments.of("descending, extremes", down(MIN, true), down(MAX, true), true),
                Arguments.of("opposite directions", up(9, true), down(5, true), false),
                Arguments.of("cycling, same", round(5, true), round(5, true), true),
                Arguments.of("cycling, larger may be older", round(990, true), round(5, true), false),
                Arguments.of("cycling, smaller", round(5, true), round(990, true), false),
                Arguments.of("cycling, called or not", round(5, true), round(5, false), false),
                Arguments.of("cycling on the other side only", up(990, true), round(5, true), false));
    }

    private static boolean hasNext(SequenceValue value) {
        BigInteger next = BigInteger.valueOf(value.lastValue()).add(BigInteger.valueOf(value.increment()));
        return next.compareTo(BigInteger.valueOf(value.minimum())) >= 0
                && next.compareTo(BigInteger.valueOf(value.maximum())) <= 0;
    }

    private static SequenceValue up(long last, boolean called) {
        return sequence(last, called, 1, MIN, MAX);
    }

    private static SequenceValue down(long last, boolean called) {
        return sequence(last, called, -1, MIN, MAX);
    }

    private static SequenceValue round(long last, boolean called) {
        return new SequenceValue("public", "s", last, called, 1, 1, 1000, true);
    }

    private static SequenceValue sequence(long last, boolean called, long increment, long minimum, long maximum) {
        return new SequenceValue("public", "s", last, called, increment, minimum, maximum, false);
    }
}
