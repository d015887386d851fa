package dev.upshift.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** With a hash that is easy to count; every account's password is its name backwards. */
@Timeout(60)
class ThrottledSignInTests {

    private static final String HERE = "10.0.0.1";

    private final AtomicInteger hashed = new AtomicInteger();
    private final AtomicInteger wrongOnes = new AtomicInteger();
    private final SignInThrottle throttle = new SignInThrottle(Clock.systemUTC());
    private final HashingLane guesses = new HashingLane(1, Duration.ofMillis(100), wrongOnes::incrementAndGet);
    private final ThrottledSignIn signIn = new ThrottledSignIn(
            name -> {
                if (!name.equals("ann") && !name.equals("bob")) {
                    throw new UsernameNotFoundException(name);
                }
                return User.withUsername(name)
                        .password("hash of " + reversed(name))
                        .roles("X")
                        .build();
            },
            new CountingEncoder(),
            throttle,
            guesses);

    @Test
    void aRightPasswordIsLetInHoweverManyWereWrong() {
        for (int i = 0; i < 50; i++) {
            int guess = i;
            assertThatThrownBy(() -> signIn("ann", "guess " + guess, HERE))
                    .isInstanceOf(i < SignInThrottle.FAILURES ? BadCredentialsException.class : LockedException.class);
        }

        assertThat(signIn("ann", "nna", HERE)).isEqualTo("ann");
        assertThat(signIn("ann", "nna", "10.0.0.2")).isEqualTo("ann");
        assertThat(wrongOnes).as("slowed down").hasValue(50 - SignInThrottle.FAILURES);
    }

    @Test
    void whoHasAnAccountCannotGoOnGuessingAnother() {
        for (int i = 0; i < SignInThrottle.FAILURES; i++) {
            int guess = i;
            assertThatThrownBy(() -> signIn("ann", "guess " + guess, HERE)).isInstanceOf(BadCredentialsException.class);
            assertThat(signIn("bob", "bob", HERE)).isEqualTo("bob");
        }

        assertThatThrownBy(() -> signIn("ann", "one more", HERE))
                .isInstanceOf(LockedException.class)
                .hasMessageContaining(HERE)
                .hasMessageContaining("wait 30 seconds");
    }

    @Test
    void whatWasRightBeforeIsNotHashedAgainAndWaitsForNobody() throws InterruptedException {
        assertThat(signIn("ann", "nna", HERE)).isEqualTo("ann");
        for (int i = 0; i < SignInThrottle.FAILURES; i++) {
            throttle.failed("ann", HERE);
        }
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread guesser = Thread.ofVirtual()
                .start(() -> guesses.compare(() -> {
                    inside.countDown();
                    try {
                        enough.await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                }));
        inside.await();
        int before = hashed.get();

        assertThat(signIn("ann", "nna", HERE)).isEqualTo("ann");
        assertThat(hashed).hasValue(before);
        assertThat(throttle.isGuessing("ann", HERE))
                .as("its own count is cleared")
                .isFalse();

        for (int i = 0; i < SignInThrottle.FAILURES; i++) {
            throttle.failed("ann", HERE);
        }
        assertThatThrownBy(() -> signIn("ann", "wrong", HERE))
                .isInstanceOf(LockedException.class)
                .hasMessageContaining("try again");
        enough.countDown();
        guesser.join();
    }

    private String signIn(String name, String password, String address) {
        UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        token.setDetails(new WebAuthenticationDetails(address, null));
        return String.valueOf(signIn.authenticate(token).getName());
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private final class CountingEncoder implements PasswordEncoder {

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            hashed.incrementAndGet();
            return ("hash of " + password).equals(hash);
        }
    }
}
