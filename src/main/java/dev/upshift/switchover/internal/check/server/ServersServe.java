package dev.upshift.switchover.internal.check.server;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.ServerJudgement;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Both sides let us in, are primaries, and write what logical decoding needs: each publishes at some time. */
public final class ServersServe implements Check<Switch> {

    @Override
    public String id() {
        return "servers-reachable";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public boolean isGate() {
        return true;
    }

    @Override
    public String fine(Switch sw) {
        return "Both sides answer.";
    }

    @Override
    public CheckResult look(Switch sw) {
        List<Finding> findings = new ArrayList<>();
        for (Side side : Side.values()) {
            ServerJudgement judgement =
                    new ServerJudgement(side, sw.servers().catalog().server(sw.onServer(side)));
            judgement.standby().ifPresent(findings::add);
            judgement.walLevel().ifPresent(findings::add);
        }
        sw.databases().forEach(sw::onTo);
        return CheckResult.of(findings);
    }
}
