package dev.upshift.procedure.internal.switching;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.springframework.stereotype.Component;

/** A platform thread each, so that no crowd of virtual threads can keep it waiting. */
@Component
class PlatformWatchdogs implements Watchdogs {

    @Override
    public ScheduledExecutorService start() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("pause-watchdog").factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
