package dev.upshift.postgres.internal;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.Sequences;
import dev.upshift.postgres.Sequences.SequenceValue;
import dev.upshift.postgres.Sequences.Settled;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Where sequences stand that nobody uses. Each is compared with where it stood, by one prepared statement; of one that was
 * never called the server says only whether it has been since, by whoever set it. What restarts a sequence gives it another file (ALTER SEQUENCE, and TRUNCATE … RESTART IDENTITY as replication does it),
 * so that one sum over the files finds it, of however many; then all are read.
 */
final class SettledSequences implements Settled {

    private static final Logger log = LoggerFactory.getLogger(SettledSequences.class);

    private static final String FILES = SqlResource.read("sequence-files.sql");

    private final Sequences sequences;
    private final PostgresSession session;
    private final String files;
    private final List<SequenceValue> standing;
    private final String elsewhere;

    SettledSequences(Sequences sequences, PostgresSession session) {
        this.sequences = sequences;
        this.session = session;
        this.files = files(); // before what stands in them
        this.standing = sequences.read(session);
        this.elsewhere = session.identifier("upshift " + UUID.randomUUID());
        session.jdbc().sql(statement()).update();
        numbers(); // planned with the first execution
    }

    private String statement() {
        String positions = standing.stream()
                .map(value -> value.called() ? Long.toString(value.lastValue()) : "null")
                .collect(Collectors.joining(",", "{", "}"));
        return """
                prepare %s as
                select array(select s.number
                             from unnest('%s'::oid[], '%s'::bigint[]) with ordinality as s (oid, stood, number)
                             where pg_sequence_last_value(s.oid::regclass) is distinct from s.stood)
                """.formatted(elsewhere, SequenceIdentities.of(session, standing), positions);
    }

    private List<Long> numbers() {
        return session.jdbc()
                .sql("execute " + elsewhere)
                .query((row, number) -> longs(row.getArray(1)))
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
            List<SequenceValue> these = numbers().stream()
                    .map(number -> standing.get(Math.toIntExact(number - 1)))
                    .toList();
            return sequences.read(session, these);
        } catch (DataAccessException gone) {
            log.info("Sequences are not those that were set, and are all read", gone);
            return sequences.read(session);
        }
    }

    @Override
    public List<SequenceValue> values(List<SequenceValue> moved) {
        return files().equals(files) ? replaced(moved) : sequences.read(session);
    }

    private List<SequenceValue> replaced(List<SequenceValue> moved) {
        if (moved.isEmpty()) {
            return standing;
        }
        Map<List<String>, SequenceValue> all = standing.stream()
                .collect(
                        Collectors.toMap(SettledSequences::name, Function.identity(), (a, b) -> b, LinkedHashMap::new));
        moved.forEach(value -> all.put(name(value), value));
        return List.copyOf(all.values());
    }

    private static List<String> name(SequenceValue value) {
        return List.of(value.schema(), value.name());
    }
}
