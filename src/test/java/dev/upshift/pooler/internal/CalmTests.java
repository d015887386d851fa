package dev.upshift.pooler.internal;

import static dev.upshift.pooler.internal.Calm.State.CALM;
import static dev.upshift.pooler.internal.Calm.State.QUIET;
import static dev.upshift.pooler.internal.Calm.State.RESTLESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalmTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Deadline LATER = Deadline.in(Duration.ofSeconds(1), CLOCK);
    private static final Deadline OVER = Deadline.in(Duration.ZERO, CLOCK);

    @Test
    void isAtOnceForASinglePooler() {
        Calm calm = new Calm(Set.of("a"), LATER);

        assertThat(calm.isShared("a", RESTLESS)).isFalse();
        assertThat(calm.isShared("a", CALM)).isFalse();
        assertThat(calm.isShared("a", QUIET)).isTrue();
    }

    @Test
    void isSharedOnlyWhileAllAreQuiet() {
        Calm calm = new Calm(Set.of("a", "b"), LATER);

        assertThat(calm.isShared("a", QUIET)).as("b was not asked yet").isFalse();
        assertThat(calm.isShared("b", RESTLESS)).isFalse();
        assertThat(calm.isShared("a", QUIET)).as("b opens a connection").isFalse();
        assertThat(calm.isShared("a", RESTLESS)).isFalse();
        assertThat(calm.isShared("b", QUIET)).as("a opens one").isFalse();
        assertThat(calm.isShared("a", QUIET)).isTrue();
        assertThat(calm.isShared("b", QUIET)).isTrue();
        assertThat(calm.isShared("b", RESTLESS)).as("after a went").isFalse();
    }

    @Test
    void endsWithPatienceWhereEachHasBeenCalmOnce() {
        Calm calm = new Calm(Set.of("a", "b"), OVER);

        assertThat(calm.isShared("a", CALM))
                .as("nobody is held while b never was calm")
                .isFalse();
        assertThat(calm.isShared("b", CALM)).isTrue();
        assertThat(calm.isShared("b", RESTLESS)).isFalse();
        assertThat(calm.isShared("a", CALM)).isTrue();
    }
}
