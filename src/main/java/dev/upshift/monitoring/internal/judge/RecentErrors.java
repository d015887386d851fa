package dev.upshift.monitoring.internal.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Tells from a counter that only grows how much it grew within the last minute. */
final class RecentErrors {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Deque<Count> counts = new ArrayDeque<>();

    long read(Instant at, long total) {
        if (!counts.isEmpty() && counts.getLast().total() > total) {
            counts.clear(); // the server's statistics were reset, or the subscription was created again
        }
        while (counts.size() > 1 && counts.getFirst().at().isBefore(at.minus(WINDOW))) {
            counts.removeFirst();
        }
        counts.addLast(new Count(at, total));
        return total - counts.getFirst().total();
    }

    private record Count(Instant at, long total) {}
}
