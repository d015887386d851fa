package dev.upshift.shared;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Where those who have to act in time, whatever else goes on, get their thread from. */
@FunctionalInterface
public interface Watchdogs {

    /** A platform thread each, so that no crowd of virtual threads can keep it waiting. */
    static Watchdogs onPlatformThreads() {
        return () -> {
            ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("watchdog").factory());
            executor.setRemoveOnCancelPolicy(true);
            return executor;
        };
    }

    /** A thread that does nothing else; whoever starts it shuts it down. */
    ScheduledExecutorService start();
}
