package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.internal.engine.ClientHold;
import dev.upshift.procedure.internal.engine.Script;
import java.util.Map;

/** A script that holds clients: a switch or its rehearsal. */
abstract class HoldingScript implements Script {

    /** What the steps share. */
    protected final Switch sw;

    HoldingScript(Switch sw) {
        this.sw = sw;
    }

    @Override
    public final ClientHold hold() {
        return sw.clients();
    }

    @Override
    public final Map<String, String> evidence() {
        return Map.copyOf(sw.evidence());
    }

    @Override
    public final void close() {
        sw.close();
    }
}
