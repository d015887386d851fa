package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.pooler.PoolModes;
import dev.upshift.switchover.internal.check.pooler.SeenPooler.Said;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;

/** No entry that moves pools by session, where PAUSE would wait until clients leave; neither does a user's own mode. */
record SessionPooling(SeenPoolers poolers) implements PoolerCheck {

    @Override
    public String id() {
        return "pool-mode";
    }

    @Override
    public String fine(Switch sw) {
        return "No mapped entry uses session pooling.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return poolers.answering(sw, SessionPooling::bySession);
    }

    private static List<Finding> bySession(SeenPooler seen, Said said) {
        return new PoolModes(seen.name(), said.config(), said.pools()).bySession(said.entries());
    }
}
