package dev.upshift.switchover.internal.route;

import dev.upshift.engine.RunFacts;
import dev.upshift.engine.procedure.ClientHold;
import dev.upshift.engine.procedure.Script;

/** A script that holds clients: a switch or its rehearsal. */
public abstract class HoldingScript implements Script {

    /** What the steps share. */
    protected final Switch sw;

    public HoldingScript(Switch sw) {
        this.sw = sw;
    }

    @Override
    public final ClientHold hold() {
        return sw.clients();
    }

    @Override
    public final RunFacts evidence() {
        return sw.evidence();
    }

    @Override
    public final void close() {
        sw.close();
    }
}
