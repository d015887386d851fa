package dev.upshift.postgres.internal.sequence;

import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import java.sql.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a database's sequences that one session reads again. Those that were called answer a function (5 µs each);
 * those that never were, about which servers before 18 have none, are looked into (14 µs each on 13, even prepared), and
 * only answer if they are not as they were.
 */
final class PreparedShare {

    /** A statement is planned in a time that grows faster than its branches: 2,000 took 10 s on 13. */
    private static final int BRANCHES = 100;

    private final Sequences sequences;
    private final PostgresSession session;
    private final List<SequenceValue> called;
    private final List<SequenceValue> neverCalled;
    private final String positions;
    private final List<String> looks;

    PreparedShare(Sequences sequences, PostgresSession session, List<SequenceValue> before) {
        this.sequences = sequences;
        this.session = session;
        this.called = before.stream().filter(SequenceValue::called).toList();
        this.neverCalled = before.stream().filter(value -> !value.called()).toList();
        this.positions = prepared("""
                select array(select pg_sequence_last_value(s.oid::regclass)
                             from unnest('%s'::oid[]) with ordinality as s (oid, number)
                             order by s.number)
                """.formatted(SequenceIdentities.of(session, called)));
        this.looks = IntStream.iterate(0, from -> from < neverCalled.size(), from -> from + BRANCHES)
                .mapToObj(from -> prepared(IntStream.range(from, Math.min(from + BRANCHES, neverCalled.size()))
                        .mapToObj(this::look)
                        .collect(Collectors.joining(" union all "))))
                .toList();
        values(); // planned with the first execution
    }

    private String look(int number) {
        SequenceValue value = neverCalled.get(number);
        return "select %d as number, last_value, is_called from %s where is_called or last_value <> %d"
                .formatted(number, qualified(value), value.lastValue());
    }

    private String prepared(String statement) {
        String name = session.identifier("upshift " + UUID.randomUUID());
        session.jdbc().sql("prepare " + name + " as " + statement).update();
        return "execute " + name;
    }

    /**
     * Where they stand now, as long as their definitions are what they were; in the order in which they were given: those
     * that were called, then those that never were.
     *
     * @throws org.springframework.dao.DataAccessException if one is gone, or has another name
     */
    List<SequenceValue> values() {
        List<SequenceValue> values = new ArrayList<>(called.size() + neverCalled.size());
        List<Integer> reset = new ArrayList<>();
        List<@Nullable Long> now = positions();
        for (int number = 0; number < called.size(); number++) {
            Long position = number < now.size() ? now.get(number) : null;
            if (position == null) {
                reset.add(number);
            }
            values.add(position == null ? called.get(number) : at(called.get(number), position, true));
        }
        if (!reset.isEmpty()) {
            readAgain(values, reset);
        }
        values.addAll(lookedInto());
        return values;
    }

    /** What was set back to never having been called; what is gone stays as it was, and then the definitions are others. */
    private void readAgain(List<SequenceValue> values, List<Integer> reset) {
        Map<String, SequenceValue> read = sequences
                .read(session, reset.stream().map(values::get).toList())
                .stream()
                .collect(Collectors.toMap(this::qualified, Function.identity()));
        reset.forEach(
                number -> values.set(number, read.getOrDefault(qualified(values.get(number)), values.get(number))));
    }

    private String qualified(SequenceValue value) {
        return session.identifier(value.schema()) + "." + session.identifier(value.name());
    }

    private List<@Nullable Long> positions() {
        return session.jdbc()
                .sql(positions)
                .query((row, number) -> longs(row.getArray(1)))
                .single();
    }

    private static List<@Nullable Long> longs(Array array) throws java.sql.SQLException {
        return Arrays.asList((@Nullable Long[]) array.getArray());
    }

    private List<SequenceValue> lookedInto() {
        Map<Integer, SequenceValue> moved = new HashMap<>();
        looks.forEach(look -> session.jdbc()
                .sql(look)
                .query((row, number) -> moved.put(
                        row.getInt("number"),
                        at(
                                neverCalled.get(row.getInt("number")),
                                row.getLong("last_value"),
                                row.getBoolean("is_called"))))
                .list());
        return IntStream.range(0, neverCalled.size())
                .mapToObj(number -> moved.getOrDefault(number, neverCalled.get(number)))
                .toList();
    }

    private static SequenceValue at(SequenceValue value, long lastValue, boolean called) {
        return new SequenceValue(
                value.schema(),
                value.name(),
                lastValue,
                called,
                value.increment(),
                value.minimum(),
                value.maximum(),
                value.cycles());
    }
}
