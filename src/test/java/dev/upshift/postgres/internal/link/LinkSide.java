package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import java.util.List;
import java.util.Map;

/** One side of links under test: a database of its own on a shared server, and a session on it. */
public final class LinkSide {

    public final int major;
    public final String database;
    public final PostgresSession session;

    public LinkSide(int major, String schema) {
        this.major = major;
        this.database = SharedServers.database(major);
        execute(schema);
        this.session = SharedServers.open(major, database);
    }

    public Endpoint endpoint() {
        return SharedServers.endpoint(major);
    }

    /** A name that no other test uses on this server. */
    public String name(String what) {
        return database.toLowerCase(java.util.Locale.ROOT).replace(' ', '_') + "_" + what;
    }

    public void execute(String sql) {
        SharedServers.of(major).execute(database, sql);
    }

    public String value(String query) {
        return SharedServers.of(major).value(database, query);
    }

    /** Removes the subscriptions and slots that a test left, because there is a limit to them per server. */
    public void close(Links links) {
        for (String subscription : names("select subname as name from pg_subscription as s"
                + " join pg_database as d on d.oid = s.subdbid where d.datname = '%s'")) {
            links.dropSubscription(session, subscription);
        }
        for (String slot : names("select slot_name as name from pg_replication_slots where database = '%s'")) {
            links.dropSlot(session, slot);
        }
        session.close();
    }

    private List<String> names(String query) {
        return SharedServers.of(major).rows("postgres", query.formatted(database)).stream()
                .map(Map::values)
                .map(values -> String.valueOf(values.iterator().next()))
                .toList();
    }
}
