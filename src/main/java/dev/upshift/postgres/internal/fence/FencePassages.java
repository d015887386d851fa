package dev.upshift.postgres.internal.fence;

import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.fence.TableLocks;
import dev.upshift.postgres.internal.catalog.WaitedFor;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.internal.session.SqlState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Looks at what a fence keeps out, and at what it does not. */
@Component
class FencePassages {

    private static final String BEHIND = SqlResource.read(FencePassages.class, "behind-fence.sql");
    private static final String PASSES = SqlResource.read(FencePassages.class, "passes-fence.sql");
    private static final String ADMISSION = SqlResource.read(FencePassages.class, "admission.sql");
    private static final String READ_ONLY_SERVER = SqlResource.read(FencePassages.class, "read-only-server.sql");
    private static final String WRITTEN_SINCE = SqlResource.read(FencePassages.class, "written-since.sql");

    /**
     * Reserved connections for roles that are no superusers came with 16; background workers have slots of their own. What
     * sessions of others are is hidden from a role without {@code pg_read_all_stats}, but not whose they are. Ours come
     * and go; who asks knows how many he needs.
     */
    private static final String ROOM = """
            select current_setting('max_connections')::int
                   - current_setting('superuser_reserved_connections')::int
                   - coalesce(current_setting('reserved_connections', true), '0')::int
                   - (select count(*)::int
                      from pg_stat_activity
                      where coalesce(backend_type = 'client backend', usesysid is not null)
                        and not (usename = current_user
                                 and (application_name = :ours or starts_with(application_name, :ours || ' run '))))
            """;

    /** {@code object_in_use}: the sender of a slot ends a moment after the worker that it fed. */
    private static final String IN_USE = "55006";

    private static final Duration ENDING = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Waiting waiting;

    FencePassages(Waiting waiting) {
        this.waiting = waiting;
    }

    Behind behind(PostgresSession session) {
        Sighting sighting = new Sighting();
        session.jdbc()
                .sql(BEHIND)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) -> sighting.add(session, row))
                .list();
        return sighting.behind();
    }

    List<Passage> all(PostgresSession session, Collection<String> ourLinks) {
        return session
                .jdbc()
                .sql(PASSES)
                .query((row, number) -> new Passage(
                        Passage.Kind.valueOf(row.getString("kind")),
                        row.getString("name"),
                        row.getBoolean("superuser"),
                        row.getBoolean("here")))
                .list()
                .stream()
                .filter(passage -> passage.kind() != Passage.Kind.SUBSCRIPTION || !ourLinks.contains(passage.name()))
                .toList();
    }

    Admission admission(PostgresSession session) {
        List<TableLocks> locks = new ArrayList<>();
        return session.jdbc()
                .sql(ADMISSION)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) -> {
                    if (row.getString("mode") != null) {
                        locks.add(WaitedFor.locks(row));
                    }
                    return new Admission(
                            row.getBoolean("allows_connections"),
                            row.getInt("connection_limit"),
                            row.getString("database_default"),
                            general(session, row),
                            WaitedFor.texts(row, "read_only_roles"),
                            locks,
                            WaitedFor.standbys(row));
                })
                .list()
                .getLast();
    }

    /** What is set for everybody goes before the server's configuration, which only a superuser may read. */
    private static @Nullable String general(PostgresSession session, ResultSet row) throws SQLException {
        String everybodys = row.getString("everybodys_default");
        return everybodys != null || !row.getBoolean("reads_files")
                ? everybodys
                : session.jdbc()
                        .sql(READ_ONLY_SERVER)
                        .query(String.class)
                        .optional()
                        .orElse(null);
    }

    int room(PostgresSession session) {
        return session.jdbc()
                .sql(ROOM)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query(Integer.class)
                .single();
    }

    boolean isWrittenSince(PostgresSession session, String link, Lsn position) {
        List<Boolean> answer = new ArrayList<>();
        waiting.until(ENDING, POLL, () -> answer.addAll(written(session, link, position)));
        if (answer.isEmpty()) {
            throw new IllegalStateException(
                    "The slot " + link + " is still in use, so what it would send cannot be seen.");
        }
        return answer.getFirst();
    }

    private static List<Boolean> written(PostgresSession session, String link, Lsn position) {
        try {
            return session.jdbc()
                    .sql(WRITTEN_SINCE)
                    .param("link", link)
                    .param("since", position.toString())
                    .query((row, number) -> row.getBoolean(1))
                    .list();
        } catch (DataAccessException failure) {
            if (SqlState.of(failure).equals(IN_USE)) {
                return List.of();
            }
            throw failure;
        }
    }

    /** What one look has seen; its first row tells how far the server is, whoever is there. */
    private static final class Sighting {

        private long next;
        private final List<ClientSession> clients = new ArrayList<>();
        private final List<ClientSession> writers = new ArrayList<>();
        private final List<ClientSession> allowed = new ArrayList<>();

        /** Answers the process, or 0 where nobody is. */
        int add(PostgresSession session, ResultSet row) throws SQLException {
            next = row.getLong("next");
            if (row.getObject("pid") == null) {
                return 0;
            }
            ClientSession seen = ClientSessions.client(session, row);
            if (row.getBoolean("client")) {
                clients.add(seen);
            }
            if (row.getBoolean("writes")) {
                writers.add(seen);
            }
            if (row.getBoolean("may_write")) {
                allowed.add(seen);
            }
            return seen.pid();
        }

        Behind behind() {
            return new Behind(next, List.copyOf(clients), List.copyOf(writers), List.copyOf(allowed));
        }
    }
}
