package dev.upshift.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInThrottleTests {

    private final SettableClock clock = new SettableClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void letsPeopleMistypeSomeTimes() {
        fail(SignInThrottle.FAILURES - 1);

        assertThat(throttle.mustWait("10.0.0.1")).isFalse();
    }

    @Test
    void makesAnAddressWaitAndNoOther() {
        fail(SignInThrottle.FAILURES);

        assertThat(throttle.mustWait("10.0.0.1")).isTrue();
        assertThat(throttle.mustWait("10.0.0.2")).isFalse();
    }

    @Test
    void forgetsAfterTheWait() {
        fail(SignInThrottle.FAILURES);
        clock.advance(SignInThrottle.WAIT.minusMillis(1));
        assertThat(throttle.mustWait("10.0.0.1")).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(throttle.mustWait("10.0.0.1")).isFalse();

        throttle.failed("10.0.0.1");
        assertThat(throttle.mustWait("10.0.0.1")).isFalse();
    }

    @Test
    void forgetsOnSuccess() {
        fail(SignInThrottle.FAILURES);
        throttle.succeeded("10.0.0.1");

        assertThat(throttle.mustWait("10.0.0.1")).isFalse();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed("10.0.0.1");
        }
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

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
            throw new UnsupportedOperationException();
        }
    }
}
