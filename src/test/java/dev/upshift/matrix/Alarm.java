package dev.upshift.matrix;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The watchdog's clock, which rings only when the test says so. */
final class Alarm {

    private static final long LONG_ENOUGH_MILLIS = 10_000;

    /** What is due earlier is a look at the owner, or another attempt. */
    private static final long BUDGET_SECONDS = 60;

    /** What was to be done at once: somebody aborts. */
    private @Nullable Runnable now;

    /** What is to be done when the budget is spent. */
    private @Nullable Runnable later;

    ScheduledExecutorService executor() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                Alarm.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "schedule" -> {
                        schedule(
                                (Runnable) arguments[0],
                                ((TimeUnit) arguments[2]).toSeconds((long) arguments[1]),
                                (long) arguments[1]);
                        yield null;
                    }
                    case "shutdownNow" -> {
                        now = null;
                        later = null;
                        yield List.of();
                    }
                    case "isShutdown" -> false;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void schedule(Runnable action, long seconds, long delay) {
        if (delay == 0) {
            now = action;
        } else if (seconds >= BUDGET_SECONDS) {
            later = action;
        }
    }

    /** As {@link #ring}, if there is something to be done at once. */
    void ringIfDue() {
        if (now != null) {
            ring();
        }
    }

    /** The watchdog does its work on a thread of its own, while the step is where it is; true if it had any. */
    boolean ring() {
        Runnable ringing = now == null ? later : now;
        now = null;
        later = null;
        if (ringing != null) {
            Thread watchdog = Thread.ofPlatform().daemon().start(() -> {
                try {
                    ringing.run();
                } catch (Death dead) {
                    // the control plane ended meanwhile
                }
            });
            try {
                watchdog.join(LONG_ENOUGH_MILLIS);
                if (watchdog.isAlive()) {
                    throw new AssertionError("The watchdog waits for the step");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return ringing != null;
    }
}
