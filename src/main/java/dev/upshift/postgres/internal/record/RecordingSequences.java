package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.sequence.Sequences.Settled;
import dev.upshift.postgres.session.PostgresSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sequences of a side that is written to: between two looks at a database all of them have moved on, far enough to
 * outrun any margin. What is set the second time is set to values, and for sequences, that nobody knows before.
 */
final class RecordingSequences implements Sequences {

    private static final String MOVED_ON = "⟨those that moved on meanwhile⟩";
    private static final String OUTRUN = "⟨those that outran what they were set to⟩";

    private final Sequences real;
    private final Map<String, List<SequenceValue>> defined = new ConcurrentHashMap<>();
    private final Map<String, Integer> set = new HashMap<>();

    RecordingSequences(Sequences real) {
        this.real = real;
    }

    private static String placeOf(PostgresSession session) {
        return RecordingSession.of(session).placeOf(session.database());
    }

    @Override
    public List<SequenceValue> read(PostgresSession session) {
        // Where they stand is not told by any record, and to find it out of thousands is dear.
        List<SequenceValue> values = defined(session);
        int times = set.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return times == 0
                ? values
                : values.stream().map(value -> farAhead(value, times)).toList();
    }

    @Override
    public List<SequenceValue> defined(PostgresSession session) {
        return defined.computeIfAbsent(placeOf(session), place -> real.defined(session));
    }

    /** Nothing was set, so that nothing could be seen there. */
    @Override
    public List<SequenceValue> read(PostgresSession session, List<SequenceValue> these) {
        return these;
    }

    /** None stands where it was set, so that a plan tells what would then be done; and nobody disturbs it then. */
    @Override
    public Settled settled(PostgresSession session) {
        return new Settled() {
            @Override
            public List<SequenceValue> values(List<SequenceValue> moved) {
                return List.of();
            }

            @Override
            public boolean isUndisturbed() {
                return true;
            }
        };
    }

    /** Further each time that sequences were set, and always beyond what they were set to. */
    private static SequenceValue farAhead(SequenceValue value, int times) {
        long end = value.increment() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        return new SequenceValue(
                value.schema(),
                value.name(),
                times == 1 ? end / 2 : end,
                true,
                value.increment(),
                value.minimum(),
                value.maximum(),
                value.cycles());
    }

    @Override
    public void set(PostgresSession session, List<SequenceValue> values) {
        if (values.isEmpty()) {
            return;
        }
        int times = set.merge(placeOf(session), 1, Integer::sum);
        if (times == 1) {
            real.set(session, values);
        } else {
            String which = times == 2 ? MOVED_ON : OUTRUN;
            SequenceValue some =
                    new SequenceValue(which, which, values.getFirst().lastValue(), true, 1, 1, 2, false);
            RecordingSession.of(session).only("only if some did", () -> real.set(session, List.of(some)));
        }
    }

    @Override
    public List<String> cached(PostgresSession session) {
        return real.cached(session);
    }

    @Override
    public List<String> notSettable(PostgresSession session) {
        return real.notSettable(session);
    }
}
