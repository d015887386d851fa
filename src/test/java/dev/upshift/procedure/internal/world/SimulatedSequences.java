package dev.upshift.procedure.internal.world;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.Sequences;
import java.util.List;

final class SimulatedSequences implements Sequences {

    @Override
    public List<SequenceValue> read(PostgresSession session) {
        return List.copyOf(((Session) session).db().sequences.values());
    }

    @Override
    public void set(PostgresSession session, List<SequenceValue> values) {
        values.forEach(value -> ((Session) session).db().sequences.put(value.name(), value));
    }

    @Override
    public List<String> notSettable(PostgresSession session) {
        return List.of();
    }
}
