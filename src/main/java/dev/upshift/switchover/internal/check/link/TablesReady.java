package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.link.WorkerErrors.Told;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.CarriedLink;
import dev.upshift.transfer.link.FailingCopies;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every table was copied and follows; of a copy that fails it is said why. */
public final class TablesReady implements Check<Switch> {

    @Override
    public String id() {
        return "tables-ready";
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
        return EnumSet.of(Moment.PLAN, Moment.FENCE);
    }

    @Override
    public String fine(Switch sw) {
        return "All tables are copied and follow.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(FeedingLinks.carried(sw).stream()
                .flatMap(link -> Stream.concat(
                        link.findings(EnumSet.of(Reason.UNSUBSCRIBED, Reason.NOT_READY)).stream(),
                        failing(sw, link).stream()))
                .toList());
    }

    /**
     * A copy without a worker has failed or is just being handed over: the log tells. What it says of a copy that has a
     * worker may be of days ago.
     */
    private static Optional<Finding> failing(Switch sw, CarriedLink link) {
        List<TableName> copying = link.differences().of(Reason.NOT_READY);
        if (copying.isEmpty()) {
            return Optional.empty();
        }
        PostgresSession subscriber = sw.onTo(link.database());
        Told told = sw.servers().workerErrors().told(subscriber, link.link());
        List<TableName> failed = sw.servers().workerErrors().withoutWorker(subscriber, link.link()).stream()
                .filter(table -> copying.contains(table) && told.copies().containsKey(table.table()))
                .toList();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        FailingCopies.finding(link.database(), failed, sw.from(), link.link(), told, link.fenced()));
    }
}
