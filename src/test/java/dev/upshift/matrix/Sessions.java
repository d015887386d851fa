package dev.upshift.matrix;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.Endpoint;

/** Connections of one control plane. */
final class Sessions implements PostgresSessions {

    private final ControlPlane plane;

    Sessions(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts) {
        return open(endpoint, database, timeouts, "");
    }

    @Override
    public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts, String mark) {
        Server server = plane.world().at(endpoint);
        if (server.isAway()) {
            throw new PostgresUnreachable(
                    PostgresUnreachable.Reason.REFUSED, "Nothing accepts connections at " + endpoint.address(), null);
        }
        if (!server.databases.containsKey(database)) {
            throw new PostgresUnreachable(
                    PostgresUnreachable.Reason.DATABASE_MISSING, "There is no database " + database + ".", null);
        }
        Session session = new Session(plane, server, database, mark);
        server.sessions.add(session);
        return session;
    }

    void end(Server server, int pid) {
        server.sessions.stream().filter(session -> session.backendPid() == pid).forEach(Session::end);
    }

    /** Of any control plane. */
    void endMarked(Server server, String prefix, String kept) {
        server.sessions.stream()
                .filter(session ->
                        session.mark().startsWith(prefix) && !session.mark().equals(kept))
                .forEach(Session::end);
    }
}
