package dev.upshift.identity.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.upshift.shared.ClockTicker;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Counts wrong passwords, by account and address and by address alone: a success clears the count of its own account at
 * its own address and no other, so that nobody who has an account can go on guessing that of somebody else.
 */
@Component
class SignInThrottle {

    static final int FAILURES = 5;
    static final int FAILURES_OF_ADDRESS = 20;
    static final Duration WAIT = Duration.ofSeconds(30);

    /** More than people who mistype at a time; beyond, some that were seldom seen are forgotten. */
    static final int REMEMBERED = 10_000;

    private final Cache<Attempt, Integer> failures;

    SignInThrottle(Clock clock) {
        failures = Caffeine.newBuilder()
                .ticker(new ClockTicker(clock))
                .expireAfterWrite(WAIT)
                .maximumSize(REMEMBERED)
                .build();
    }

    /** Whether so many passwords were wrong just now that the next wrong one is told to wait. */
    boolean isGuessing(String account, String address) {
        return count(new Attempt(account, address)) >= FAILURES
                || count(new Attempt("", address)) >= FAILURES_OF_ADDRESS;
    }

    void failed(String account, String address) {
        note(new Attempt(account, address));
        note(new Attempt("", address));
    }

    void succeeded(String account, String address) {
        failures.invalidate(new Attempt(account, address));
    }

    void forgetAll() {
        failures.invalidateAll();
    }

    long remembered() {
        failures.cleanUp();
        return failures.estimatedSize();
    }

    private void note(Attempt attempt) {
        failures.asMap().merge(attempt, 1, Integer::sum);
    }

    private int count(Attempt attempt) {
        return failures.asMap().getOrDefault(attempt, 0);
    }

    /** @param account empty for all of the address */
    private record Attempt(String account, String address) {}
}
