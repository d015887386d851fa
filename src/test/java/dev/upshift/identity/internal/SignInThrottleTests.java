package dev.upshift.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInThrottleTests {

    private static final String HERE = "10.0.0.1";
    private static final String ELSEWHERE = "10.0.0.2";

    private final SettableClock clock = new SettableClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void letsPeopleMistypeSomeTimes() {
        fail("ann", SignInThrottle.FAILURES - 1);

        assertThat(throttle.isGuessing("ann", HERE)).isFalse();
    }

    @Test
    void seesWhoGuessesOneAccountFromOneAddress() {
        fail("ann", SignInThrottle.FAILURES);

        assertThat(throttle.isGuessing("ann", HERE)).isTrue();
        assertThat(throttle.isGuessing("ann", ELSEWHERE)).isFalse();
        assertThat(throttle.isGuessing("bob", HERE)).isFalse();
    }

    @Test
    void seesWhoGuessesManyAccountsFromOneAddress() {
        for (int i = 0; i < SignInThrottle.FAILURES_OF_ADDRESS; i++) {
            throttle.failed("user " + i, HERE);
        }

        assertThat(throttle.isGuessing("ann", HERE)).isTrue();
        assertThat(throttle.isGuessing("ann", ELSEWHERE)).isFalse();
    }

    @Test
    void forgetsAfterTheWait() {
        fail("ann", SignInThrottle.FAILURES);
        clock.advance(SignInThrottle.WAIT.minusMillis(1));
        assertThat(throttle.isGuessing("ann", HERE)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(throttle.isGuessing("ann", HERE)).isFalse();

        throttle.failed("ann", HERE);
        assertThat(throttle.isGuessing("ann", HERE)).isFalse();
    }

    @Test
    void successOfOneAccountClearsItsOwnCountOnly() {
        fail("ann", SignInThrottle.FAILURES);
        fail("bob", SignInThrottle.FAILURES);
        throttle.succeeded("bob", HERE);
        throttle.succeeded("ann", ELSEWHERE);

        assertThat(throttle.isGuessing("bob", HERE)).isFalse();
        assertThat(throttle.isGuessing("ann", HERE)).isTrue();
    }

    @Test
    void remembersNoMoreThanItMay() {
        for (int i = 0; i < 2 * SignInThrottle.REMEMBERED; i++) {
            throttle.failed("user " + i, "10.1." + i);
        }

        assertThat(throttle.remembered()).isEqualTo(SignInThrottle.REMEMBERED);
    }

    private void fail(String account, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(account, HERE);
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
