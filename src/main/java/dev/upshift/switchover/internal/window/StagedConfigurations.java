package dev.upshift.switchover.internal.window;

import dev.upshift.engine.RunFacts;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the poolers' configurations are still those that the staged ones were made from. Asked while a switch can turn
 * back: past the point of no return one that somebody has edited since is not replaced, and its clients stay held.
 */
public final class StagedConfigurations {

    private final Switch sw;
    private final Map<String, String> hashes;

    /** @param run knows what {@link StageConfiguration} has read */
    public StagedConfigurations(Switch sw, RunContext run) {
        this.sw = sw;
        this.hashes = StageConfiguration.HASH.in(new RunFacts(run.facts()));
    }

    /** What could not be put in force. */
    public List<String> objections() {
        return sw.fanOut().map(sw.project().poolers(), this::objection).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> objection(PoolerAddress pooler) {
        ConfigurationLocation location = pooler.configuration();
        try {
            return sw.poolers().store(pooler).read(location).hash().equals(hashes.get(pooler.name()))
                    ? Optional.empty()
                    : Optional.of(
                            ("The configuration of %s was changed by something else since it was read. Find out what"
                                            + " manages it and keep that away during the switch.")
                                    .formatted(pooler.name()));
        } catch (StoreFailed unreadable) {
            return Optional.of(pooler.name() + ": " + unreadable.getMessage());
        }
    }
}
