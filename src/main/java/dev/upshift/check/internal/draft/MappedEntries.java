package dev.upshift.check.internal.draft;

import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.project.Cluster;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The entries of one pooler's configuration that an upgrade leads from one cluster to the other.
 *
 * @param names of those that lead to the source or, after a switch, to the target
 * @param databases that move
 */
public record MappedEntries(
        PoolerAddress pooler,
        PoolerConfiguration configuration,
        List<String> names,
        Set<String> databases,
        Cluster source,
        Cluster target) {

    public static MappedEntries of(ProjectDraft draft, PoolerAddress pooler, PoolerConfiguration configuration) {
        Set<String> databases = Set.copyOf(draft.databases());
        List<String> names = new ArrayList<>(configuration.entriesLeadingTo(addresses(draft.source()), databases));
        names.addAll(configuration.entriesLeadingTo(addresses(draft.target()), databases));
        return new MappedEntries(pooler, configuration, names, databases, draft.source(), draft.target());
    }

    public boolean has(String name) {
        return names.contains(name);
    }

    public List<Entry> inFile() {
        return configuration.entries().stream()
                .filter(entry -> has(entry.name()))
                .toList();
    }

    /** How the poolers reach the source, and how we do. */
    public List<Endpoint> sourceAddresses() {
        return addresses(source);
    }

    /** What leads to this side without being mapped is asked with this. */
    public Asked asked(Side side) {
        return new Asked(
                pooler,
                configuration,
                side,
                side == Side.SOURCE ? source : target,
                side == Side.SOURCE ? target : source,
                databases);
    }

    public String path() {
        return pooler.configuration().path();
    }

    private static List<Endpoint> addresses(Cluster side) {
        return Stream.of(side.peer(), side.endpoint()).distinct().toList();
    }
}
