package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.postgres.link.Links;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.CarriedLink;
import dev.upshift.transfer.link.KnownSubscriptions;
import java.util.Optional;

/** Looks at both ends of a link of a switch, one object after the other. */
public final class LinkLook {

    private LinkLook() {}

    /**
     * The link that feeds the side that is entered.
     *
     * @param role whose sessions it looks with
     */
    public static CarriedLink feeding(Switch sw, String database, Role role) {
        Links links = sw.servers().links();
        String link = sw.link(database);
        return CarriedLink.of(
                database,
                sw.from(),
                link,
                links.published(sw.pool().session(sw.from(), database, role), link),
                links.subscribed(sw.pool().session(sw.to(), database, role), link),
                sw.records().links().tables(sw.project().id(), link),
                sw.project().isFenced(sw.to()));
    }

    /** Says so when somebody else has altered the subscription of the link that feeds the side that is entered. */
    public static Optional<Finding> altered(Switch sw, String database, Role role) {
        return subscriptions(sw)
                .altered(sw.pool().session(sw.to(), database, role), database, sw.link(database), sw.from());
    }

    /** The same for the way back, past the pivot. */
    public static Optional<Finding> wayBackAltered(Switch sw, String database) {
        return sw.pool()
                .reliably(
                        sw.from(),
                        database,
                        Role.READ,
                        session -> subscriptions(sw).altered(session, database, sw.wayBack(database), sw.to()));
    }

    public static KnownSubscriptions subscriptions(Switch sw) {
        return new KnownSubscriptions(
                sw.servers().links(), sw.records().links(), sw.project().id());
    }

    /** The way back, past the pivot: what feeds the side that was left. */
    public static CarriedLink wayBack(Switch sw, String database) {
        Links links = sw.servers().links();
        String link = sw.wayBack(database);
        Published published =
                sw.pool().reliably(sw.to(), database, Role.READ, session -> links.published(session, link));
        Subscribed subscribed =
                sw.pool().reliably(sw.from(), database, Role.READ, session -> links.subscribed(session, link));
        return CarriedLink.of(
                database,
                sw.to(),
                link,
                published,
                subscribed,
                sw.records().links().tables(sw.project().id(), link),
                true);
    }
}
