package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.ForgottenEntries;
import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.util.Set;

/** No entry leads to the side that is left but those that move with it: its clients would stay behind. */
record UnmappedEntries(ForgottenEntries entries) implements PoolerCheck {

    @Override
    public String id() {
        return "pooler-forgotten";
    }

    @Override
    public String fine(Switch sw) {
        return "No other entry of the poolers leads to the %s."
                .formatted(sw.from().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return PoolerCheck.everyPooler(sw, change -> entries.of(asked(sw, change)));
    }

    private static Asked asked(Switch sw, PoolerChange change) {
        return new Asked(
                change.pooler(),
                change.current(),
                sw.from(),
                sw.project().cluster(sw.from()),
                sw.project().cluster(sw.to()),
                Set.copyOf(sw.databases()));
    }
}
