package dev.upshift.postgres.internal.sequence;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.SequenceMissing;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.sequence.Sequences.Settled;
import dev.upshift.postgres.session.PostgresSession;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Reads and sets all sequences with one statement each. */
@Component
class ServerSequences implements Sequences {

    private static final String SOME = SqlResource.read(ServerSequences.class, "sequences.sql");
    private static final String ALL = SOME.replace("/* these */", "");
    private static final String THESE = SOME.replace(
            "/* these */",
            "join unnest(:schemas::text[], :names::text[]) as w (schema, name)"
                    + " on w.schema = n.nspname and w.name = c.relname");

    /** How a sequence that was never called is read by itself: 30 to 50 µs each. */
    private static final String BY_QUERY = """
            select substring(contents from '<last_value>(-?\\d+)<')::bigint as last_value,
                   contents ~ '<is_called>true<' as called
            from (select case
                             when v.last_value is null then
                                 query_to_xml(
                                     format('select last_value, is_called from %I.%I', s.nspname, s.relname),
                                     false, false, '')::text
                         end as contents
                  offset 0) as document
            """;

    /** Since 18 the server has a function for it, 1 µs each. */
    private static final String BY_FUNCTION =
            "select d.last_value, d.is_called as called from pg_get_sequence_data(s.seqrelid) as d";

    private static final int WITH_FUNCTION = 18;

    private static final String DEFINED = SqlResource.read(ServerSequences.class, "defined-sequences.sql");
    private static final String CACHED = SqlResource.read(ServerSequences.class, "cached-sequences.sql");
    private static final String SET = SqlResource.read(ServerSequences.class, "set-sequences.sql");

    /** Of those that are read. The planner may ask for the privilege of any relation unless the kind is looked at first. */
    private static final String NOT_SETTABLE = """
            select n.nspname as schema, c.relname as name
            from pg_sequence as s
            join pg_class as c on c.oid = s.seqrelid
            join pg_namespace as n on n.oid = c.relnamespace
            where case
                      when c.relkind = 'S' then
                          not (has_sequence_privilege(c.oid, 'UPDATE') and has_sequence_privilege(c.oid, 'SELECT'))
                  end
              and c.relpersistence <> 't'
              and n.nspname !~ '^pg_'
              and n.nspname not in ('information_schema', 'upshift')
              and not exists (
                  select from pg_depend as d
                  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
            order by 1, 2
            """;

    /** More names than this do not help anybody who reads the message. */
    private static final int NAMED = 20;

    @Override
    public List<SequenceValue> read(PostgresSession session) {
        return session.jdbc()
                .sql(whole(ALL, session))
                .query(ServerSequences::value)
                .list();
    }

    private static String whole(String statement, PostgresSession session) {
        return own(statement, session.version().isAtLeast(WITH_FUNCTION) ? BY_FUNCTION : BY_QUERY);
    }

    private static String own(String statement, String reading) {
        return statement.replace("/* own */", reading);
    }

    @Override
    public Reading prepare(List<PostgresSession> sessions) {
        PostgresSession first = sessions.getFirst();
        return first.version().isAtLeast(WITH_FUNCTION) ? () -> read(first) : new PreparedSequences(this, sessions);
    }

    @Override
    public Settled settled(PostgresSession session) {
        return new SettledSequences(this, session);
    }

    @Override
    public List<SequenceValue> read(PostgresSession session, List<SequenceValue> these) {
        return these.isEmpty()
                ? List.of()
                : named(session.jdbc().sql(whole(THESE, session)), these)
                        .query(ServerSequences::value)
                        .list();
    }

    @Override
    public List<SequenceValue> defined(PostgresSession session) {
        return session.jdbc().sql(DEFINED).query(ServerSequences::value).list();
    }

    @Override
    public void set(PostgresSession session, List<SequenceValue> values) {
        if (values.isEmpty()) {
            return;
        }
        List<String> obstacles = named(session.change().sql(SET), values)
                .param("values", values.stream().map(SequenceValue::lastValue).toArray(Long[]::new))
                .param("called", values.stream().map(SequenceValue::called).toArray(Boolean[]::new))
                .query((row, number) -> obstacles(row))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
        if (!obstacles.isEmpty()) {
            throw new SequenceMissing(message(session, obstacles));
        }
    }

    private static StatementSpec named(StatementSpec statement, List<SequenceValue> values) {
        return statement
                .param("schemas", values.stream().map(SequenceValue::schema).toArray(String[]::new))
                .param("names", values.stream().map(SequenceValue::name).toArray(String[]::new));
    }

    private static SequenceValue value(ResultSet row, int number) throws SQLException {
        return new SequenceValue(
                row.getString("schema"),
                row.getString("name"),
                row.getLong("last_value"),
                row.getBoolean("called"),
                row.getLong("increment"),
                row.getLong("minimum"),
                row.getLong("maximum"),
                row.getBoolean("cycles"));
    }

    private static List<String> obstacles(ResultSet row) throws SQLException {
        @Nullable Array obstacles = row.getArray("obstacles");
        return obstacles == null ? List.of() : List.of((String[]) obstacles.getArray());
    }

    @Override
    public List<String> cached(PostgresSession session) {
        return session.jdbc()
                .sql(CACHED)
                .query((row, number) -> row.getString("name"))
                .list();
    }

    @Override
    public List<String> notSettable(PostgresSession session) {
        return session.jdbc()
                .sql(NOT_SETTABLE)
                .query((row, number) -> row.getString("schema") + "." + row.getString("name"))
                .list();
    }

    private static String message(PostgresSession session, List<String> obstacles) {
        String named = obstacles.stream().limit(NAMED).collect(Collectors.joining("; "));
        String more = obstacles.size() > NAMED ? "; and " + (obstacles.size() - NAMED) + " more" : "";
        return "No sequence was set in database " + session.database() + " (PostgreSQL "
                + session.version().major() + "), because " + obstacles.size() + " of them cannot be: " + named + more
                + ". Create what is missing with the definition of the other side, ALTER SEQUENCE … AS … MAXVALUE … what"
                + " cannot hold its value, and grant UPDATE where that is missing.";
    }
}
