package dev.upshift.engine.internal.plan;

import dev.upshift.shared.Watchdogs;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Watchdogs of plans: nobody is held, so there is nothing to watch, and nothing that they are told ever runs. */
final class IdleWatchdogs implements Watchdogs {

    @Override
    public ScheduledExecutorService start() {
        return new Idle();
    }

    private static final class Idle extends ScheduledThreadPoolExecutor {

        Idle() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            return super.schedule(() -> {}, Integer.MAX_VALUE, TimeUnit.SECONDS);
        }
    }
}
