package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.procedure.Procedure;
import dev.upshift.monitoring.Monitoring;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;

/** The real rehearsal, for the ports of a test; without its guards. */
public final class RehearsalBench {

    private RehearsalBench() {}

    public static Procedure rehearsal(Clock clock) {
        return new RehearsalProcedure(null, null, nothingSampled(), clock);
    }

    private static Monitoring nothingSampled() {
        return (Monitoring) Proxy.newProxyInstance(
                Monitoring.class.getClassLoader(),
                new Class<?>[] {Monitoring.class},
                (proxy, method, arguments) -> List.of());
    }
}
