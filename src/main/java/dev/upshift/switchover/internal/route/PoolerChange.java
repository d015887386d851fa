package dev.upshift.switchover.internal.route;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConfiguration.ConfigurationDiff;
import dev.upshift.shared.PoolerAddress;
import java.util.List;

/**
 * What a switch changes at one pooler.
 *
 * @param entries the {@code [databases]} entries that move
 */
public record PoolerChange(
        PoolerAddress pooler, List<String> entries, PoolerConfiguration current, PoolerConfiguration next) {

    public ConfigurationDiff diff() {
        return current.diff(next);
    }

    /** Whether nothing but the mapped entries would change. */
    public boolean isLimitedToEntries() {
        ConfigurationDiff diff = diff();
        return !diff.otherChanges() && entries.containsAll(diff.changedEntries());
    }
}
