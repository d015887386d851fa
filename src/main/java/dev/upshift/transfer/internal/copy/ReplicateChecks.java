package dev.upshift.transfer.internal.copy;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.check.Inspection;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.AlwaysTriggers;
import dev.upshift.check.replication.FiringEventTriggers;
import dev.upshift.check.replication.IdentityFullTypes;
import dev.upshift.check.replication.NotCarriedRows;
import dev.upshift.check.replication.OtherReplication;
import dev.upshift.check.replication.ReplicaIdentity;
import dev.upshift.check.replication.RowSecurityCheck;
import dev.upshift.check.replication.ServersReachable;
import dev.upshift.check.replication.SlotCapacity;
import dev.upshift.check.replication.WalLevel;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.UnqualifiedCalls;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.shared.Side;
import dev.upshift.transfer.internal.schema.FunctionsSearchPath;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the initial copy and replication must not start without, and what would let the copy fail long after it began. */
@Component
class ReplicateChecks implements Checks {

    private final CheckList<Inspection> list;

    ReplicateChecks(SubscriberRoom room, UnqualifiedCalls calls) {
        this.list = CheckList.of(List.of(
                new ServersReachable(),
                new WalLevel(Side.SOURCE),
                new SlotCapacity(),
                new ReplicaIdentity(),
                new IdentityFullTypes(),
                new RowSecurityCheck(),
                new AlwaysTriggers(),
                new TargetHasTables(),
                new TargetEmpty(),
                new NotCarriedRows(Side.SOURCE, Severity.INFO),
                new OtherReplication(),
                new FiringEventTriggers(EventTriggers.ANY),
                new TargetReplicationCapacity(room),
                new FunctionsSearchPath(Side.TARGET, calls),
                new CopyTimeouts(Side.SOURCE, room),
                new CopyTimeouts(Side.TARGET, room)));
    }

    CheckList<Inspection> list() {
        return list;
    }

    @Override
    public List<? extends Check<?>> all() {
        return list.all();
    }
}
