package dev.upshift.pooler.internal.fleet;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt to hold all clients; it ends for all members when one fails or when clients are let go. */
final class HoldAttempt {

    private final Runnable begins;
    private final Duration atMost;
    private final Deadline toBegin;
    private final Clock clock;
    private boolean begun;
    private volatile boolean ended;
    private volatile @Nullable Deadline deadline;

    /**
     * @param begins called once, right before the first PAUSE; if it throws, the attempt is over
     * @param atMost the time from there until all are held
     * @param toBegin afterwards nobody is held any more: this process may have been asleep, and the run over
     */
    HoldAttempt(Runnable begins, Duration atMost, Deadline toBegin, Clock clock) {
        this.begins = begins;
        this.atMost = atMost;
        this.toBegin = toBegin;
        this.clock = clock;
    }

    /** Every member calls this before it sends PAUSE; who comes second waits until the first one is through. */
    synchronized void begin() {
        if (begun || ended) {
            return;
        }
        if (toBegin.isOver()) {
            ended = true;
            return;
        }
        boolean refused = true;
        try {
            deadline = Deadline.in(atMost, clock); // before anything else, in which this process may fall asleep
            begins.run();
            refused = false;
        } finally {
            begun = true;
            ended |= refused;
        }
    }

    void end() {
        ended = true;
    }

    /** What is left of the time in which a moment for it has to come. */
    Duration leftToBegin() {
        return toBegin.left();
    }

    /** What is left of the time since the first PAUSE; all of it before. */
    Duration left() {
        Deadline running = deadline;
        return running == null ? atMost : running.left();
    }

    /** Whether clients have been held for the whole time: from then on no other pooler holds its own. */
    boolean isOver() {
        Deadline running = deadline;
        return running != null && running.isOver();
    }

    boolean hasEnded() {
        return ended;
    }
}
