package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads from a pooler's console what its entries for a project's databases do and where they lead. */
record PoolerQuestion(Project project) implements Function<PoolerConsole, PoolerReading> {

    /** Entries that a switch adds for a moment, to try the other side; no client uses them. */
    private static final String PROBE_SUFFIX = "__probe";

    @Override
    public PoolerReading apply(PoolerConsole console) {
        List<DatabaseEntry> entries = console.databases().stream()
                .filter(entry -> project.databases().contains(entry.database())
                        && !entry.name().endsWith(PROBE_SUFFIX)
                        && leadsSomewhere(entry))
                .toList();
        Set<String> names = entries.stream().map(DatabaseEntry::name).collect(Collectors.toSet());
        int clients = 0;
        int waiting = 0;
        for (PoolerConsole.Pool pool : console.pools()) {
            if (names.contains(pool.database())) {
                clients += pool.clientsActive() + pool.clientsWaiting();
                waiting += pool.clientsWaiting();
            }
        }
        return new PoolerReading(
                entries.stream().anyMatch(DatabaseEntry::paused),
                destination(entries),
                clients,
                waiting,
                console.process());
    }

    private Destination destination(List<DatabaseEntry> entries) {
        Set<Side> sides = EnumSet.noneOf(Side.class);
        for (Side side : Side.values()) {
            if (entries.stream().anyMatch(entry -> leadsTo(entry, side))) {
                sides.add(side);
            }
        }
        if (sides.size() > 1) {
            return Destination.MIXED;
        }
        if (sides.isEmpty()) {
            return Destination.UNKNOWN;
        }
        return sides.contains(Side.SOURCE) ? Destination.SOURCE : Destination.TARGET;
    }

    private boolean leadsSomewhere(DatabaseEntry entry) {
        return leadsTo(entry, Side.SOURCE) || leadsTo(entry, Side.TARGET);
    }

    private boolean leadsTo(DatabaseEntry entry, Side side) {
        return project.cluster(side).peer().isAt(entry.host(), entry.port())
                || project.cluster(side).endpoint().isAt(entry.host(), entry.port());
    }
}
