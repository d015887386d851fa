package dev.upshift.matrix;

import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import java.util.Objects;

final class SimulatedSequences implements Sequences {

    @Override
    public List<SequenceValue> read(PostgresSession session) {
        return List.copyOf(((Session) session).db().sequences.values());
    }

    @Override
    public List<SequenceValue> read(PostgresSession session, List<SequenceValue> these) {
        return these.stream()
                .map(value -> ((Session) session).db().sequences.get(value.name()))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<SequenceValue> defined(PostgresSession session) {
        return read(session);
    }

    @Override
    public void set(PostgresSession session, List<SequenceValue> values) {
        values.forEach(value -> ((Session) session).db().sequences.put(value.name(), value));
    }

    @Override
    public List<String> cached(PostgresSession session) {
        return session.database().equals("billing")
                ? List.copyOf(((Session) session).db().sequences.keySet())
                : List.of();
    }

    @Override
    public List<String> notSettable(PostgresSession session) {
        return List.of();
    }
}
