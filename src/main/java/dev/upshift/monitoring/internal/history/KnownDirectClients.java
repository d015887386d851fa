package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.DirectClients;
import dev.upshift.monitoring.DirectClients.DirectClient;
import dev.upshift.postgres.DatabaseLooks.ConnectedClient;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps whom a look has found, for those who ask later and elsewhere. */
@Repository
class KnownDirectClients implements DirectClients {

    private static final Duration REMEMBERED = Duration.ofDays(14);

    /** More than a page can show and a person can call up. */
    private static final int MOST = 200;

    private final Projects projects;
    private final JdbcClient jdbc;
    private final Clock clock;

    KnownDirectClients(Projects projects, JdbcClient jdbc, Clock clock) {
        this.projects = projects;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<DirectClient> of(String slug) {
        Project project = projects.get(slug);
        return jdbc.sql("""
                select database, username, application, address, sessions, first_seen, last_seen
                  from direct_client
                 where project = :project and side = :side and last_seen >= :since
                 order by last_seen desc, database, username, application, address
                 limit :most""")
                .param("project", project.id())
                .param("side", project.servingSide().name())
                .param("since", utc(clock.instant().minus(REMEMBERED)))
                .param("most", MOST)
                .query((row, number) -> new DirectClient(
                        row.getString("database"),
                        row.getString("username"),
                        row.getString("application"),
                        row.getString("address"),
                        row.getInt("sessions"),
                        row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                        row.getObject("last_seen", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Adds what one look has found, in one statement; alike sessions are one client. */
    void see(long project, Side side, Map<String, Set<ConnectedClient>> sessions) {
        List<ClientSeen> all = sessions.entrySet().stream()
                .flatMap(database ->
                        database.getValue().stream().map(session -> new ClientSeen(database.getKey(), session)))
                .toList();
        jdbc.sql("""
                        insert into direct_client
                               (project, side, database, username, application, address,
                                sessions, first_seen, last_seen)
                        select :project, :side, database, username, application, address, count(*), :now, :now
                          from unnest(:databases::text[], :users::text[], :applications::text[], :addresses::text[])
                               as seen (database, username, application, address)
                         group by database, username, application, address
                        on conflict (project, side, database, username, application, address)
                        do update set sessions = excluded.sessions, last_seen = excluded.last_seen""")
                .param("project", project)
                .param("side", side.name())
                .param("databases", column(all, ClientSeen::database))
                .param("users", column(all, seen -> seen.session().user()))
                .param("applications", column(all, seen -> seen.session().application()))
                .param("addresses", column(all, seen -> seen.session().address()))
                .param("now", utc(clock.instant()))
                .update();
    }

    private static String[] column(List<ClientSeen> all, Function<ClientSeen, String> value) {
        return all.stream().map(value).toArray(String[]::new);
    }

    /** Forgets those that were not seen for long. */
    void forgetOld() {
        jdbc.sql("delete from direct_client where last_seen < :since")
                .param("since", utc(clock.instant().minus(REMEMBERED)))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private record ClientSeen(String database, ConnectedClient session) {}
}
