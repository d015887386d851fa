package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable.Reason;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/** Whether anybody gets into a side at all: one that never answers again must not keep an upgrade from ending. */
final class Reach {

    /** The database that every server has. */
    static final String MAINTENANCE = "postgres";

    /** No database of the server would answer otherwise. */
    private static final Set<Reason> NOBODY_THERE = EnumSet.of(Reason.HOST_UNKNOWN, Reason.REFUSED, Reason.TIMED_OUT);

    /** What only a server says that is there and lets us in soon. */
    private static final Set<Reason> SOON = EnumSet.of(Reason.STARTING_UP, Reason.TOO_MANY_CONNECTIONS);

    private Reach() {}

    /**
     * Why none of the project's databases on the side lets us in; empty when one does, or will soon. Takes as long as one
     * connection may take, whatever is at the address.
     */
    static Optional<PostgresUnreachable> failure(SessionPool pool, Project project, Side side) {
        PostgresUnreachable first = null;
        for (String database : project.databases()) {
            Optional<PostgresUnreachable> away = failure(pool, side, database);
            Optional<Reason> reason = away.map(PostgresUnreachable::reason);
            if (reason.isEmpty() || SOON.contains(reason.get())) {
                return Optional.empty();
            }
            if (NOBODY_THERE.contains(reason.get())) {
                return away;
            }
            first = first == null ? away.get() : first;
        }
        return Optional.ofNullable(first);
    }

    /** The databases that a server which is there says it does not have; whatever else is wrong is told by their use. */
    static List<String> dropped(SessionPool pool, Project project, Side side) {
        List<String> dropped = new ArrayList<>();
        for (String database : project.databases()) {
            Optional<Reason> reason = failure(pool, side, database).map(PostgresUnreachable::reason);
            if (reason.filter(NOBODY_THERE::contains).isPresent()) {
                return dropped;
            }
            if (reason.filter(Reason.DATABASE_MISSING::equals).isPresent()) {
                dropped.add(database);
            }
        }
        return dropped;
    }

    /** A database of the server that lets us in, be it none of the project's. */
    static Optional<String> within(SessionPool pool, Project project, Side side) {
        List<String> candidates = new ArrayList<>(project.databases());
        candidates.add(MAINTENANCE);
        for (String database : candidates) {
            Optional<Reason> reason = failure(pool, side, database).map(PostgresUnreachable::reason);
            if (reason.isEmpty()) {
                return Optional.of(database);
            }
            if (NOBODY_THERE.contains(reason.get())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<PostgresUnreachable> failure(SessionPool pool, Side side, String database) {
        try {
            pool.reliably(side, database, SessionPool.Role.WORK, session -> {
                session.ping();
                return database;
            });
            return Optional.empty();
        } catch (PostgresUnreachable away) {
            return Optional.of(away);
        } catch (DataAccessException letIn) {
            return Optional.empty();
        }
    }
}
