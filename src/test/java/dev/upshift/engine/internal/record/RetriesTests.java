package dev.upshift.engine.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

class RetriesTests {

    private static final long RUN = 3;

    private final List<Duration> rests = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Waiting waiting = new Waiting(clock, rests::add);
    private final Retries takingUp = Retries.everLater(Duration.ofSeconds(1), Duration.ofMinutes(1), waiting, clock);

    @Test
    void aWriteIsRepeatedUntilItIsAnswered() {
        Retries writes = Retries.every(Duration.ofMillis(200), waiting, clock);
        List<RuntimeException> failures = new ArrayList<>(
                List.of(new QueryTimeoutException("slow"), new CannotCreateTransactionException("away")));

        writes.untilKnown("shop run 3: the pivot", () -> {
            if (!failures.isEmpty()) {
                throw failures.removeFirst();
            }
        });

        assertThat(failures).isEmpty();
        assertThat(rests).containsExactly(Duration.ofMillis(200), Duration.ofMillis(200));
    }

    @Test
    void whatWasNeverTriedIsDueAtOnce() {
        takingUp.note(RUN);

        assertThat(takingUp.isDue(RUN)).isFalse();
        assertThat(takingUp.isDue(RUN + 1)).isTrue();
    }

    @Test
    void whatIsTriedAgainAndAgainRestsEverLonger() {
        assertThat(Stream.generate(this::secondsUntilDue).limit(8)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    private long secondsUntilDue() {
        takingUp.note(RUN);
        Instant noted = now;
        while (!takingUp.isDue(RUN)) {
            now = now.plusSeconds(1);
        }
        return Duration.between(noted, now).toSeconds();
    }
}
