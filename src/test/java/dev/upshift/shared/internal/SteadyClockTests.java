package dev.upshift.shared.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTests {

    private static final Instant BEGIN = Instant.parse("2026-11-28T10:00:00Z");

    private final MachinesClock machine = new MachinesClock();
    private long nanos = 17;
    private final SteadyClock clock = new SteadyClock(machine, () -> nanos);

    @Test
    void goesWithTheMachines() {
        pass(Duration.ofSeconds(5));

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(5));
    }

    @Test
    void neverGoesBackAndKeepsDeadlinesWhenTheMachinesIsSetBack() {
        machine.now = BEGIN.minusSeconds(3600);
        Instant before = clock.instant();
        assertThat(before).isEqualTo(BEGIN);

        for (int second = 1; second <= 10; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(clock.instant()).isAfter(before);
            before = clock.instant();
        }

        assertThat(before).isBetween(BEGIN.plusMillis(9_500), BEGIN.plusSeconds(10));
    }

    @Test
    void doesNotSpendDeadlinesAtOnceWhenTheMachinesIsSetForward() {
        machine.now = BEGIN.plusSeconds(50);
        pass(Duration.ofSeconds(10));

        assertThat(clock.instant()).isBetween(BEGIN.plusSeconds(10), BEGIN.plusMillis(10_500));
    }

    @Test
    void agreesWithTheMachinesAfterAWhile() {
        machine.now = BEGIN.minusSeconds(2);
        for (int second = 1; second <= 60; second++) {
            pass(Duration.ofSeconds(1));
            clock.instant();
        }

        assertThat(clock.instant()).isEqualTo(machine.now);
    }

    @Test
    void leapsAfterTheMachineWasAsleep() {
        machine.now = BEGIN.plus(SteadyClock.LEAP).plusSeconds(1);

        assertThat(clock.instant()).isEqualTo(machine.now);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        machine.now = machine.now.plus(time);
    }

    private static final class MachinesClock extends Clock {

        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
