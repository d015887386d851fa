package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Project;
import dev.upshift.records.LinkRecords;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import dev.upshift.transfer.link.KnownSubscriptions;
import dev.upshift.transfer.link.LinkCleaning;
import java.util.List;
import java.util.function.Function;

/** The links from the source to the target that replicate makes, one a database, with the sessions of its run. */
record ForwardLinks(Project project, Ports ports, SessionPool pool) {

    List<String> databases() {
        return project.databases();
    }

    /** What the link of this database is called. */
    String name(String database) {
        return LinkNames.link(project.slug(), database, Direction.FORWARD);
    }

    PostgresSession source(String database) {
        return pool.work(Side.SOURCE, database);
    }

    PostgresSession target(String database) {
        return pool.work(Side.TARGET, database);
    }

    /** As {@link SessionPool#reliably}. */
    <T> T onSource(String database, Function<PostgresSession, T> work) {
        return pool.reliably(Side.SOURCE, database, Role.WORK, work);
    }

    /** As {@link SessionPool#reliably}. */
    <T> T onTarget(String database, Function<PostgresSession, T> work) {
        return pool.reliably(Side.TARGET, database, Role.WORK, work);
    }

    Links onServers() {
        return ports.servers().links();
    }

    LinkRecords records() {
        return ports.records().links();
    }

    KnownSubscriptions subscriptions() {
        return new KnownSubscriptions(onServers(), records(), project.id());
    }

    void drop(String database) {
        new LinkCleaning(onServers(), ports.servers().helperSchema())
                .dropLink(pool, project, database, Direction.FORWARD);
    }
}
