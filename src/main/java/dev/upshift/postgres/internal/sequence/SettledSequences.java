package dev.upshift.postgres.internal.sequence;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.sequence.Sequences.Settled;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Where sequences stand that nobody uses. Each is compared with where it stood, by one prepared statement; of one that was
 * never called the server says only whether it has been since, by whoever set it. What restarts a sequence gives it
 * another file (ALTER SEQUENCE, and TRUNCATE … RESTART IDENTITY as replication does it), so that one sum over the files
 * finds it, of however many; then all are read.
 */
final class SettledSequences implements Settled {

    private static final Logger log = LoggerFactory.getLogger(SettledSequences.class);

    private static final String FILES = SqlResource.read(SettledSequences.class, "sequence-files.sql");
    private static final String AT_WORK = SqlResource.read(SettledSequences.class, "at-work-since.sql");

    /** From 15 on sessions are counted in memory: one that came and is gone has been counted. */
    private static final int COUNTS_SESSIONS = 15;

    /** Who is there: whoever leaves in between is missed, and may have done something before. */
    private static final String PRESENT = SqlResource.read(SettledSequences.class, "client-processes.sql");

    private static final Asked NEVER = new Asked("-infinity", -1, "");

    private final Sequences sequences;
    private final PostgresSession session;
    private final String files;
    private final List<SequenceValue> standing;
    private final Map<List<String>, Integer> places;
    private final String elsewhere;
    private volatile Asked asked = NEVER;

    SettledSequences(Sequences sequences, PostgresSession session) {
        this.sequences = sequences;
        this.session = session;
        this.files = files(); // before what stands in them
        this.standing = sequences.read(session);
        this.places = IntStream.range(0, standing.size())
                .boxed()
                .collect(Collectors.toMap(place -> name(standing.get(place)), Function.identity()));
        this.elsewhere = session.identifier("upshift " + UUID.randomUUID());
        session.jdbc().sql(statement()).update();
        moves(); // planned with the first execution
    }

    private String statement() {
        String positions = standing.stream()
                .map(value -> value.called() ? Long.toString(value.lastValue()) : "null")
                .collect(Collectors.joining(",", "{", "}"));
        return """
                prepare %s as
                select array(select s.number
                             from unnest('%s'::oid[], '%s'::bigint[]) with ordinality as s (oid, stood, number)
                             where pg_sequence_last_value(s.oid::regclass) is distinct from s.stood) as numbers,
                       statement_timestamp()::text as moment, %s as sessions, (%s) as present
                """.formatted(elsewhere, SequenceIdentities.of(session, standing), positions, sessions(), present());
    }

    private String sessions() {
        return session.version().isAtLeast(COUNTS_SESSIONS)
                ? "pg_stat_get_db_sessions((select oid from pg_database where datname = current_database()))"
                : "0";
    }

    /** In a prepared statement nothing but literals stands. */
    private String present() {
        return PRESENT.replace(":ours", session.literal(PostgresSessions.APPLICATION_NAME));
    }

    private Moves moves() {
        return session.jdbc()
                .sql("execute " + elsewhere)
                .query((row, number) -> new Moves(longs(row.getArray("numbers")), asked(row)))
                .single();
    }

    private static List<Long> longs(Array array) throws SQLException {
        return Arrays.asList((Long[]) array.getArray());
    }

    private String files() {
        return session.jdbc().sql(FILES).query(String.class).single();
    }

    @Override
    public List<SequenceValue> moved() {
        try {
            Moves moves = moves();
            asked = moves.asked();
            List<SequenceValue> these = moves.numbers().stream()
                    .map(number -> standing.get(Math.toIntExact(number - 1)))
                    .toList();
            return sequences.read(session, these);
        } catch (DataAccessException gone) {
            log.info("Sequences are not those that were set, and are all read", gone);
            asked = NEVER;
            return sequences.read(session);
        }
    }

    @Override
    public List<SequenceValue> values(List<SequenceValue> moved) {
        return files().equals(files) ? replaced(moved) : sequences.read(session);
    }

    private List<SequenceValue> replaced(List<SequenceValue> moved) {
        List<SequenceValue> all = new ArrayList<>(standing);
        moved.forEach(value -> put(all, value));
        return all;
    }

    private void put(List<SequenceValue> all, SequenceValue value) {
        Integer place = places.get(name(value));
        if (place == null) {
            all.add(value);
        } else {
            all.set(place, value);
        }
    }

    private static List<String> name(SequenceValue value) {
        return List.of(value.schema(), value.name());
    }

    @Override
    public boolean isUndisturbed() {
        Asked before = asked;
        if (!session.version().isAtLeast(COUNTS_SESSIONS)) {
            return false; // who came and is gone would not be known
        }
        return session.jdbc()
                .sql(AT_WORK.replace("/* sessions */", sessions()).replace("/* present */", PRESENT))
                .param("since", before.moment())
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) -> !row.getBoolean("at_work") && asked(row).isSameSessionsAs(before))
                .single();
    }

    /**
     * @param numbers which of the standing ones stand elsewhere, from 1
     */
    private record Moves(List<Long> numbers, Asked asked) {}

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(row.getString("moment"), row.getLong("sessions"), row.getString("present"));
    }

    /**
     * @param moment when the statement began, by the server's clock
     * @param sessions how many have been begun in the database so far, where the server counts them at once
     * @param present a sum over those that are there
     */
    private record Asked(String moment, long sessions, String present) {

        boolean isSameSessionsAs(Asked other) {
            return sessions == other.sessions && present.equals(other.present);
        }
    }
}
