package dev.upshift.procedure.internal.switching;

import dev.upshift.monitoring.Monitoring;
import dev.upshift.procedure.internal.engine.Procedure;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;

/** The real cutover, rollback and rehearsal, for the ports of a test. Their guards are no part of it. */
public final class SwitchBench {

    private SwitchBench() {}

    public static List<Procedure> procedures(Clock clock) {
        SwitchProcedures procedures = new SwitchProcedures();
        return List.of(
                procedures.cutover(null),
                procedures.rollback(null),
                new RehearsalProcedure(null, nothingSampled(), clock));
    }

    private static Monitoring nothingSampled() {
        return (Monitoring) Proxy.newProxyInstance(
                Monitoring.class.getClassLoader(),
                new Class<?>[] {Monitoring.class},
                (proxy, method, arguments) -> List.of());
    }
}
