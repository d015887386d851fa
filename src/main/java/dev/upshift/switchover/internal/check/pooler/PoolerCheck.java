package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is alike in the checks of a switch's poolers. */
interface PoolerCheck extends Check<Switch> {

    @Override
    default Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    default Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    default Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    /** Of every pooler what is found there, all at once, told in the order of the poolers. */
    static CheckResult everyPooler(Switch sw, Function<PoolerChange, List<Finding>> look) {
        return CheckResult.of(sw.fanOut().map(sw.poolers().changes(), look).stream()
                .flatMap(List::stream)
                .toList());
    }
}
