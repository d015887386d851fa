package dev.upshift.procedure.internal.world;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The watchdog's clock, which rings only when the test says so. */
final class Alarm {

    private static final long LONG_ENOUGH_MILLIS = 10_000;

    private @Nullable Runnable action;

    ScheduledExecutorService executor() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                Alarm.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "schedule" -> {
                        action = (Runnable) arguments[0];
                        yield null;
                    }
                    case "shutdownNow" -> {
                        action = null;
                        yield List.of();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** The budget is spent: the watchdog does its work on a thread of its own, while the step is where it is. */
    void ring() {
        Runnable ringing = action;
        action = null;
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
    }
}
