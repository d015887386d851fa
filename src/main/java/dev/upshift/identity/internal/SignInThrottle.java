package dev.upshift.identity.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** More than people who mistype at a time; beyond, those that were idle the longest are forgotten. */
    static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<Attempt, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Whether so many passwords were wrong just now that the next wrong one is told to wait. */
    synchronized boolean isGuessing(String account, String address) {
        return count(new Attempt(account, address)) >= FAILURES
                || count(new Attempt("", address)) >= FAILURES_OF_ADDRESS;
    }

    synchronized void failed(String account, String address) {
        note(new Attempt(account, address));
        note(new Attempt("", address));
    }

    synchronized void succeeded(String account, String address) {
        failures.remove(new Attempt(account, address));
    }

    synchronized void forgetAll() {
        failures.clear();
    }

    synchronized int remembered() {
        return failures.size();
    }

    private void note(Attempt attempt) {
        failures.put(attempt, new Failures(count(attempt) + 1, clock.instant()));
    }

    private int count(Attempt attempt) {
        Failures known = failures.get(attempt);
        return known == null || !clock.instant().isBefore(known.last.plus(WAIT)) ? 0 : known.count;
    }

    /** @param account empty for all of the address */
    private record Attempt(String account, String address) {}

    private record Failures(int count, Instant last) {}
}
