package dev.upshift.switchover.internal.check.link;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.LinkRecords;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.CarriedLink;
import java.util.Map;
import java.util.Optional;

/** What a link carries now and was seen to be in order, which later looks compare with. */
public final class CarriedNow {

    private CarriedNow() {}

    public static void remember(Switch sw, CarriedLink link) {
        LinkRecords records = sw.records().links();
        Optional<Map<TableName, CarriedTable>> before =
                records.tables(sw.project().id(), link.link());
        Map<TableName, CarriedTable> known =
                CarriedTable.known(before.orElse(Map.of()), link.published(), link.subscribed());
        if (!before.equals(Optional.of(known))) {
            records.keepTables(sw.project().id(), link.link(), known);
        }
        rememberSubscriber(sw, link);
        sw.pool().reliably(sw.to(), link.database(), Role.WORK, session -> {
            LinkLook.subscriptions(sw).beginUnlessKnown(session, link.link());
            return link;
        });
    }

    /** A subscription that was made again has another oid, and a subscriber that was upgraded another identifier. */
    private static void rememberSubscriber(Switch sw, CarriedLink link) {
        LinkRecords records = sw.records().links();
        sw.pool()
                .reliably(
                        sw.to(),
                        link.database(),
                        Role.WORK,
                        session -> KnownSubscriber.of(sw.servers().links(), session, link.link()))
                .filter(now ->
                        !records.subscriber(sw.project().id(), link.link()).equals(Optional.of(now)))
                .ifPresent(now -> records.keepSubscriber(sw.project().id(), link.link(), now));
    }
}
