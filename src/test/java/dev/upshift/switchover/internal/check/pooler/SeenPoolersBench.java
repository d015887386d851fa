package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;

/** What poolers are seen to say whose consoles a test brings. */
public final class SeenPoolersBench {

    private SeenPoolersBench() {}

    /** All of them say the same. */
    public static List<SeenPooler> seen(Switch sw, PoolerConsole console) {
        return new SeenPoolers((pooler, deadline) -> console).of(sw);
    }
}
