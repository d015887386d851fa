package dev.upshift.engine.internal.run;

import dev.upshift.engine.internal.lease.LeaseTerms;
import dev.upshift.shared.Waiting;
import dev.upshift.shared.Waiting.WaitInterrupted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks for runs without an owner as long as the control plane runs, and hands its own over before anything else is
 * stopped: open pages may keep the web server busy for seconds.
 */
@Component
class EngineLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EngineLifecycle.class);

    private static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private final InterruptedRuns interruptedRuns;
    private final ExecutingRuns executing;
    private final Waiting waiting;
    private final LeaseTerms terms;
    private volatile @Nullable Thread watch;

    EngineLifecycle(InterruptedRuns interruptedRuns, ExecutingRuns executing, Waiting waiting, LeaseTerms terms) {
        this.interruptedRuns = interruptedRuns;
        this.executing = executing;
        this.waiting = waiting;
        this.terms = terms;
    }

    /** Last to start, first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    @Override
    public void start() {
        executing.begin();
        Thread thread = Thread.ofPlatform().daemon().name("run-watch").unstarted(this::keepLooking);
        watch = thread;
        thread.start();
    }

    private void keepLooking() {
        try {
            lookUntilStopped();
        } catch (WaitInterrupted stopped) {
            log.debug("Nobody looks for runs without an owner any more");
        }
    }

    private void lookUntilStopped() {
        boolean complained = false;
        while (isRunning()) {
            try {
                interruptedRuns.takeUp();
                complained = false;
            } catch (RuntimeException unanswered) {
                if (!complained) {
                    log.warn("Runs without an owner could not be looked for, trying again", unanswered);
                    complained = true;
                }
            }
            waiting.pause(terms.lookEvery());
        }
    }

    /** A take-over that is just beginning is handed over with the others. */
    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(LAST_LOOK);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread thread = watch;
        watch = null;
        if (thread != null) {
            end(thread);
            executing.handOver();
        }
    }
}
