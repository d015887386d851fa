package dev.upshift.engine.internal.record;

import dev.upshift.shared.Waiting;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Repeats a write to the metadata database until its outcome is known: going on without knowing would be wrong. */
public final class Insistence {

    private static final Logger log = LoggerFactory.getLogger(Insistence.class);

    private final Waiting waiting;
    private final Duration every;

    public Insistence(Waiting waiting, Duration every) {
        this.waiting = waiting;
        this.every = every;
    }

    /**
     * @param what for the log, e.g. {@code "shop run 3: the pivot"}
     * @param write must be repeatable: the answer to a commit that happened may be lost
     */
    public void untilKnown(String what, Runnable write) {
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
                waiting.pause(every);
            }
        }
    }
}
