package dev.upshift.engine.internal.record;

import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/** Tries again, without end, what has to come true: either on the thread that waits for it, or whenever it is due. */
public final class Retries {

    private static final Logger log = LoggerFactory.getLogger(Retries.class);

    private final BackOff rests;
    private final Waiting waiting;
    private final Clock clock;
    private final Map<Long, Tried> tried = new ConcurrentHashMap<>();

    private Retries(BackOff rests, Waiting waiting, Clock clock) {
        this.rests = rests;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** With the same rest after every try. */
    public static Retries every(Duration rest, Waiting waiting, Clock clock) {
        return new Retries(new FixedBackOff(rest.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS), waiting, clock);
    }

    /** With a rest that doubles after every try, up to the longest. */
    public static Retries everLater(Duration first, Duration longest, Waiting waiting, Clock clock) {
        ExponentialBackOff rests = new ExponentialBackOff(first.toMillis(), 2);
        rests.setMaxInterval(longest.toMillis());
        return new Retries(rests, waiting, clock);
    }

    /**
     * Repeats a write to the metadata database until its outcome is known: going on without knowing would be wrong.
     *
     * @param what for the log, e.g. {@code "shop run 3: the pivot"}
     * @param write must be repeatable: the answer to a commit that happened may be lost
     */
    public void untilKnown(String what, Runnable write) {
        BackOffExecution left = rests.start();
        boolean complained = false;
        while (true) {
            try {
                write.run();
                return;
            } catch (DataAccessException | TransactionException unanswered) {
                if (!complained) {
                    log.error("{} cannot be written to the metadata database, trying again", what, unanswered);
                    complained = true;
                }
                waiting.pause(Duration.ofMillis(left.nextBackOff()));
            }
        }
    }

    /** Whether it was never tried, or has rested long enough since it was last. */
    public boolean isDue(long id) {
        Tried last = tried.get(id);
        return last == null || !clock.instant().isBefore(last.restsUntil());
    }

    /** It is being tried now. */
    public void note(long id) {
        tried.compute(id, (_, last) -> {
            BackOffExecution left = last == null ? rests.start() : last.left();
            return new Tried(left, clock.instant().plusMillis(left.nextBackOff()));
        });
    }

    private record Tried(BackOffExecution left, Instant restsUntil) {}
}
