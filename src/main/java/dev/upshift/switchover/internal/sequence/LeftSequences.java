package dev.upshift.switchover.internal.sequence;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.sequence.Sequences.Reading;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.FanOut;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The sequences of the side that is left: made ready to be read while nobody is held; read while clients are, beside the
 * barrier and what follows it, in sessions that nothing else needs before clients are served again.
 */
public final class LeftSequences {

    private final Switch sw;
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<List<SequenceValue>>> values = new ConcurrentHashMap<>();

    public LeftSequences(Switch sw) {
        this.sw = sw;
    }

    /** Begins to read them. */
    public void read(String database) {
        values.put(database, sw.fanOut().begin(() -> reading(database).values()));
    }

    private Reading reading(String database) {
        List<PostgresSession> beside = Stream.of(Role.READ, Role.READ_TOO)
                .map(role -> sw.pool().session(sw.from(), database, role))
                .toList();
        return readings.computeIfAbsent(
                database, key -> sw.servers().sequences().prepare(beside));
    }

    /** What was read, once it has been; none where reading was never begun. */
    public List<SequenceValue> of(String database) {
        CompletableFuture<List<SequenceValue>> begun = values.get(database);
        return begun == null ? List.of() : FanOut.answer(begun);
    }
}
