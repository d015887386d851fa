package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Checks;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.AlwaysTriggers;
import dev.upshift.check.replication.IdentityFullTypes;
import dev.upshift.check.replication.MaterializedViews;
import dev.upshift.check.replication.NotCarriedRows;
import dev.upshift.check.replication.ReplicaIdentity;
import dev.upshift.check.replication.RowSecurityCheck;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.PastRuns;
import dev.upshift.switchover.internal.check.server.LongTransactions;
import dev.upshift.switchover.internal.check.server.OthersSessions;
import dev.upshift.switchover.internal.check.server.PreparedTransactions;
import dev.upshift.switchover.internal.check.server.ServersServe;
import dev.upshift.switchover.internal.check.server.WayBackCapacity;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.verification.Verifications;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whether all that is on the side that is left is on the other one too, comes there, and would come back. */
@Component
public final class LinkChecks implements Checks {

    private final CheckList<Switch> links;

    /** Asks our own records, so also while no server answers. */
    private final CheckList<Switch> compared;

    private final CheckList<Switch> leftBehind;

    LinkChecks(Verifications verifications, PastRuns runs) {
        this.links = CheckList.of(List.of(
                new ServersServe(),
                new OthersSessions(),
                new TablesPublished(),
                new TablesReady(),
                new TablesCarriedWhole(),
                new LinkContinuity(verifications),
                new TablesUnaltered(),
                new ApplyWorkers(),
                new LinkLag(),
                new ReplicaIdentity(),
                new IdentityFullTypes(),
                new RowSecurityCheck(),
                new AlwaysTriggers(),
                new SequencesSettable(),
                new IndexesBuilt(),
                new LongTransactions(),
                new PreparedTransactions(),
                new WayBackCapacity(),
                new OppositeLink()));
        this.compared = CheckList.of(List.of(new LastComparison(verifications, runs)));
        this.leftBehind = CheckList.of(List.of(new NotCarriedRows(null, Severity.BLOCKER), new MaterializedViews()));
    }

    /** What is left behind is not asked of servers that do not answer. */
    public List<CheckOutcome> ask(Switch sw) {
        List<CheckOutcome> outcomes = new ArrayList<>(links.ask(sw));
        boolean serversServe = outcomes.getFirst().allows();
        outcomes.addAll(compared.ask(sw));
        if (serversServe) {
            outcomes.addAll(leftBehind.ask(sw));
        }
        return List.copyOf(outcomes);
    }

    public List<GuardResult> guards(Switch sw) {
        return ask(sw).stream().map(CheckOutcome::guard).toList();
    }

    @Override
    public List<Check<? super Switch>> all() {
        return Stream.of(links, compared, leftBehind)
                .<Check<? super Switch>>flatMap(list -> list.all().stream())
                .toList();
    }
}
