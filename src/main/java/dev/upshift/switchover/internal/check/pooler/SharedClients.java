package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Moment;
import dev.upshift.check.pooler.OtherProcesses;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.Set;

/** One process answers for each pooler, and none beside it takes its clients, whom nobody would hold or move. */
record SharedClients(PoolerProcesses processes) implements PoolerCheck {

    @Override
    public String id() {
        return "pooler-processes";
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN, Moment.FENCE);
    }

    @Override
    public String fine(Switch sw) {
        return "One process answers for each pooler, and no other takes its clients.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(OtherProcesses.found(processes.look(sw.project().poolers())));
    }
}
