package dev.upshift.switchover.internal;

import dev.upshift.engine.procedure.Procedure;
import java.util.List;

/** The real cutover and rollback, for the ports of a test. Their guards are no part of it. */
public final class SwitchBench {

    private SwitchBench() {}

    public static List<Procedure> procedures() {
        SwitchProcedures procedures = new SwitchProcedures();
        return List.of(procedures.cutover(null, null), procedures.rollback(null, null));
    }
}
