package dev.upshift.procedure.internal.world;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.PostgresUnreachable;
import dev.upshift.shared.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** Connections of one control plane. */
final class Sessions implements PostgresSessions {

    private final ControlPlane plane;
    private final List<Session> opened = new ArrayList<>();

    Sessions(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts) {
        Server server = plane.world().at(endpoint);
        if (!server.databases.containsKey(database)) {
            throw new PostgresUnreachable(
                    PostgresUnreachable.Reason.DATABASE_MISSING, "There is no database " + database + ".", null);
        }
        Session session = new Session(plane, server, database);
        opened.add(session);
        return session;
    }

    void end(Server server, int pid) {
        opened.stream()
                .filter(session -> session.server == server && session.backendPid() == pid)
                .forEach(Session::end);
    }
}
