package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.route.PoolerChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pooler's console has told.
 *
 * @param change what a switch changes there
 * @param said empty where it did not answer
 * @param failure why it did not; null where it did
 */
public record SeenPooler(
        PoolerChange change, Optional<Said> said, @Nullable RuntimeException failure) {

    /**
     * @param entries those that move, of the entries that the process knows
     * @param config {@code SHOW CONFIG}
     * @param state {@code SHOW STATE}; empty where the version has none
     */
    public record Said(
            List<DatabaseEntry> entries, List<Pool> pools, Map<String, String> config, Map<String, String> state) {}

    public PoolerAddress pooler() {
        return change.pooler();
    }

    String name() {
        return pooler().name();
    }

    /** What it said; throws why it does not answer, for whoever cannot look without. */
    public Said orThrow() {
        if (failure != null) {
            throw failure;
        }
        return said.orElseThrow();
    }
}
