package dev.upshift.switchover.internal.sequence;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.sequence.Sequences.Settled;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sequences of the side that is entered: set before the window, and looked at again in it, because what was set need
 * not stand there any more. Replication restarts a sequence with its table, and people run scripts that set them.
 */
public final class EnteredSequences {

    private final Switch sw;
    private final Map<String, Settled> settled = new ConcurrentHashMap<>();
    private final Map<String, Boolean> cached = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<List<SequenceValue>>> moved = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<List<SequenceValue>>> standing = new ConcurrentHashMap<>();

    public EnteredSequences(Switch sw) {
        this.sw = sw;
    }

    /** All have been set as far as they can be while clients write. */
    void settle(String database) {
        cached.put(
                database,
                !sw.servers()
                        .sequences()
                        .cached(sw.pool().session(sw.to(), database, Role.READ_TOO))
                        .isEmpty());
        settled.put(database, sw.servers().sequences().settled(sw.pool().session(sw.to(), database, Role.READ_TOO)));
    }

    /** Whether a session there may hold values from before they were set; said to be so where it was not looked. */
    boolean areCached(String database) {
        return cached.getOrDefault(database, true);
    }

    /** Begins to look, beside the barrier. */
    public void look(String database) {
        Settled known = settled.get(database);
        if (known != null) {
            moved.put(database, sw.fanOut().begin(known::moved));
        }
    }

    /** Begins the last look: everything that replication brings has arrived. */
    public void everythingArrived(String database) {
        Settled known = settled.get(database);
        CompletableFuture<List<SequenceValue>> before = moved.get(database);
        if (known != null && before != null) {
            standing.put(database, sw.fanOut().begin(() -> known.values(FanOut.answer(before))));
        }
    }

    /** Where they stood when everything had arrived; none where it was not looked, so that all are set. */
    public List<SequenceValue> of(String database) {
        CompletableFuture<List<SequenceValue>> begun = standing.get(database);
        return begun == null ? List.of() : FanOut.answer(begun);
    }

    /**
     * At the last moment: what is wrong, because somebody has been at work there since it was looked, and has set
     * sequences where they hand out a value twice. Where nobody has been, none of them is asked.
     */
    public Optional<String> disturbance(String database, LeftSequences left) {
        Settled known = settled.get(database);
        if (known == null || known.isUndisturbed()) {
            return Optional.empty();
        }
        List<String> behind = SequenceLevel.missing(known.values(known.moved()), left.of(database)).stream()
                .map(value -> value.schema() + "." + value.name())
                .toList();
        return behind.isEmpty() ? Optional.empty() : Optional.of(complaint(database, behind));
    }

    private String complaint(String database, List<String> behind) {
        return "%s: somebody has set %s of the %s, which would hand out values that exist already: %s. Find out who works there, and start again."
                .formatted(
                        database,
                        behind.size() == 1 ? "a sequence" : behind.size() + " sequences",
                        sw.to().word(),
                        Names.some(behind));
    }
}
