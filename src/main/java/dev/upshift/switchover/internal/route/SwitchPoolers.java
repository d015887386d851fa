package dev.upshift.switchover.internal.route;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerPorts;
import dev.upshift.project.Project;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The poolers of a switch: what changes in their configurations, and their consoles, opened when first asked for. */
public final class SwitchPoolers implements AutoCloseable {

    private final Project project;
    private final Side from;
    private final PoolerPorts ports;
    private final PoolerChanges changing;
    private final Map<String, PoolerFleet> alone = new ConcurrentHashMap<>();
    private volatile @Nullable PoolerFleet fleet;
    private @Nullable List<PoolerChange> changes;

    SwitchPoolers(Project project, Side from, PoolerPorts ports) {
        this.project = project;
        this.from = from;
        this.ports = ports;
        this.changing = new PoolerChanges(ports.stores());
    }

    /** What the poolers' configuration is and becomes, as it was when first asked for. */
    public synchronized List<PoolerChange> changes() {
        List<PoolerChange> known = changes;
        if (known == null) {
            known = changing.of(project, from, from.other());
            changes = known;
        }
        return known;
    }

    /** The same of one pooler, as it is now. */
    public PoolerChange change(PoolerAddress pooler) {
        return changing.of(project, pooler, from, from.other());
    }

    /** The entries to hold: those that lead to the side that is left, or, once repointed, to the other one. */
    private List<String> entries(PoolerChange leaving) {
        return leaving.entries().isEmpty()
                ? changing.of(project, leaving.pooler(), from.other(), from).entries()
                : leaving.entries();
    }

    /** The consoles of all. */
    public synchronized PoolerFleet fleet() {
        PoolerFleet opened = fleet;
        if (opened == null) {
            opened = ports.fleets()
                    .open(
                            project.poolers(),
                            changes().stream()
                                    .collect(Collectors.toMap(
                                            change -> change.pooler().name(), this::entries)));
            fleet = opened;
        }
        return opened;
    }

    /** The consoles of all, if they were opened; never waits. */
    Optional<PoolerFleet> openFleet() {
        return Optional.ofNullable(fleet);
    }

    /** The consoles of one pooler, whatever has become of the others. Not for two threads with the same one at once. */
    public PoolerFleet fleetOf(PoolerAddress pooler) {
        Optional<PoolerFleet> all = openFleet();
        if (all.isPresent()) {
            return all.get().only(pooler.name());
        }
        PoolerFleet known = alone.get(pooler.name());
        if (known == null) {
            known = openAlone(pooler);
            alone.put(pooler.name(), known);
        }
        return known;
    }

    /** The same, to be closed by whoever asked for it. */
    PoolerFleet openAlone(PoolerAddress pooler) {
        return ports.fleets().open(List.of(pooler), Map.of(pooler.name(), entries(change(pooler))));
    }

    /** Where the pooler's configuration is kept. */
    public ConfigurationStore store(PoolerAddress pooler) {
        return ports.stores().of(pooler.configuration());
    }

    /** Removes the configurations that were written beside the active ones. */
    public void unstage() {
        project.poolers().forEach(pooler -> store(pooler).unstage(pooler.configuration()));
    }

    @Override
    public void close() {
        openFleet().ifPresent(PoolerFleet::close);
        alone.values().forEach(PoolerFleet::close);
    }
}
