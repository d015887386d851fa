package dev.upshift.transfer.internal.copy;

import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.records.CarriedTable;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.CarriedLink;
import java.util.Map;
import java.util.Optional;

/** Notes which tables of a link are copied. */
final class NotedCopies {

    private final ForwardLinks links;

    NotedCopies(ForwardLinks links) {
        this.links = links;
    }

    /** So that a table that left the link meanwhile is in order again once it is copied anew. */
    CarriedLink note(String database) {
        String name = links.name(database);
        Published published =
                links.onSource(database, session -> links.onServers().published(session, name));
        Subscribed subscribed =
                links.onTarget(database, session -> links.onServers().subscribed(session, name));
        Optional<Map<TableName, CarriedTable>> known = links.records()
                .tables(links.project().id(), name)
                .map(noted -> CarriedTable.withCopies(noted, published, subscribed));
        known.ifPresent(tables -> links.records().keepTables(links.project().id(), name, tables));
        return CarriedLink.of(database, Side.SOURCE, name, published, subscribed, known, false);
    }
}
