package dev.upshift.switchover.internal.route;

import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.util.HashSet;
import java.util.List;

/** Works out from the poolers' present configuration what a switch changes. */
final class PoolerChanges {

    private final ConfigurationStores stores;

    PoolerChanges(ConfigurationStores stores) {
        this.stores = stores;
    }

    /**
     * @throws PoolerConfiguration.UnmappableEntry if an entry leads to the side and cannot be moved
     * @throws dev.upshift.pooler.ConfigurationStore.StoreFailed if a configuration cannot be read
     */
    List<PoolerChange> of(Project project, Side from, Side to) {
        return project.poolers().stream()
                .map(pooler -> of(project, pooler, from, to))
                .toList();
    }

    /** Of one pooler, whatever has become of the others' files; throws as {@link #of(Project, Side, Side)}. */
    PoolerChange of(Project project, PoolerAddress pooler, Side from, Side to) {
        PoolerConfiguration current = stores.of(pooler.configuration()).read(pooler.configuration());
        Cluster cluster = project.cluster(from);
        List<String> entries = current.entriesLeadingTo(
                List.of(cluster.peer(), cluster.endpoint()), new HashSet<>(project.databases()));
        return new PoolerChange(
                pooler,
                entries,
                current,
                current.repoint(entries, project.cluster(to).peer()));
    }
}
