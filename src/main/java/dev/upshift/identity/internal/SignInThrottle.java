package dev.upshift.identity.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Slows down who guesses passwords: after some failures in a row an address has to wait. */
@Component
class SignInThrottle {

    static final int FAILURES = 5;
    static final Duration WAIT = Duration.ofSeconds(30);

    /** More addresses than people who mistype at a time; beyond, old ones are forgotten. */
    private static final int REMEMBERED = 1_000;

    private final Clock clock;
    private final Map<String, Failures> byAddress = new ConcurrentHashMap<>();

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    boolean mustWait(String address) {
        Failures failures = byAddress.get(address);
        return failures != null && failures.count >= FAILURES && !isOver(failures);
    }

    void failed(String address) {
        if (byAddress.size() >= REMEMBERED) {
            byAddress.values().removeIf(this::isOver);
        }
        byAddress.merge(
                address,
                new Failures(1, clock.instant()),
                (before, one) -> isOver(before) ? one : new Failures(before.count + 1, one.last));
    }

    void succeeded(String address) {
        byAddress.remove(address);
    }

    private boolean isOver(Failures failures) {
        return !clock.instant().isBefore(failures.last.plus(WAIT));
    }

    private record Failures(int count, Instant last) {}
}
