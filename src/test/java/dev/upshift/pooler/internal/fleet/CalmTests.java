package dev.upshift.pooler.internal.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.pooler.internal.fleet.Calm.Look;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalmTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Deadline LATER = Deadline.in(Duration.ofSeconds(1), CLOCK);
    private static final Deadline OVER = Deadline.in(Duration.ZERO, CLOCK);

    private static final Look RESTLESS = new Look(false, 0);
    private static final Look IDLE = new Look(true, 0);

    @Test
    void hasComeWhereNoTransactionIsOpen() {
        Calm calm = new Calm(Set.of("a"), LATER);

        assertThat(calm.hasCome("a", RESTLESS)).isFalse();
        assertThat(calm.hasCome("a", open(1))).isFalse();
        assertThat(calm.hasCome("a", IDLE)).isTrue();
    }

    @Test
    void isAMomentOfAllPoolers() {
        Calm calm = new Calm(Set.of("a", "b"), LATER);

        assertThat(calm.hasCome("a", IDLE)).as("b was not asked yet").isFalse();
        assertThat(calm.hasCome("b", RESTLESS)).isFalse();
        assertThat(calm.hasCome("a", IDLE)).as("b opens a connection").isFalse();
        assertThat(calm.hasCome("b", open(3))).as("b is busy").isFalse();
        assertThat(calm.hasCome("b", IDLE)).isTrue();
        assertThat(calm.hasCome("a", RESTLESS)).as("a would be cut off").isFalse();
        assertThat(calm.hasCome("a", open(9))).as("b holds clients by now").isTrue();
    }

    @Test
    void hasComeWhenFewerTransactionsAreOpenThanUsually() {
        Calm calm = new Calm(Set.of("a"), LATER);

        int first = IntStream.range(0, 5 * Calm.LOOKS)
                .filter(look -> calm.hasCome("a", open(10 + look % 19)))
                .findFirst()
                .orElseThrow();
        assertThat(first)
                .as("not before enough looks tell what is usual, and not much later")
                .isBetween(Calm.LOOKS - 1, Calm.LOOKS + 18);
        assertThat(10 + first % 19).as("one of the lowest").isLessThanOrEqualTo(11);
        Calm growing = new Calm(Set.of("a"), LATER);
        assertThat(IntStream.range(1, 200).filter(look -> growing.hasCome("a", open(look))))
                .isEmpty();
        assertThat(growing.hasCome("a", open(15))).isTrue();
    }

    @Test
    void isNotWaitedForWithoutEnd() {
        Calm calm = new Calm(Set.of("a", "b"), OVER);

        assertThat(calm.hasCome("a", open(5)))
                .as("nobody is held while b could not be")
                .isFalse();
        assertThat(calm.hasCome("b", open(7))).isTrue();
        assertThat(calm.hasCome("b", RESTLESS)).isFalse();
        assertThat(calm.hasCome("a", open(9))).isTrue();
    }

    private static Look open(int transactions) {
        return new Look(true, transactions);
    }
}
