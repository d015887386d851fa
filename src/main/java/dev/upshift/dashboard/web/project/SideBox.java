package dev.upshift.dashboard.web.project;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cluster in the picture.
 *
 * @param look the class that fills, hatches or outlines it
 * @param words what it does now
 */
public record SideBox(Side side, String title, String version, String address, String look, String words) {

    static SideBox of(Side side, Project project, @Nullable ReplicationSnapshot snapshot) {
        Optional<SideSample> seen = Optional.ofNullable(snapshot).stream()
                .flatMap(all -> all.sides().stream())
                .filter(sample -> sample.side() == side)
                .findFirst();
        boolean away = seen.isPresent() && !seen.get().reachable();
        boolean serves = project.servingSide() == side;
        boolean fenced = seen.filter(SideSample::reachable)
                .map(SideSample::fenced)
                .orElseGet(() -> fencedBy(project.phase()) == side);
        Cluster cluster = project.cluster(side);
        return new SideBox(
                side,
                side == Side.SOURCE ? "Source" : "Target",
                version(seen.map(SideSample::version).orElse(null), cluster),
                cluster.endpoint().address(),
                (serves ? "serves" : fenced ? "fenced" : "stands") + (away ? " away" : ""),
                words(serves, fenced, away, project.phase()));
    }

    private static @Nullable Side fencedBy(Phase phase) {
        return switch (phase) {
            case CUT_OVER, FINISHED -> Side.SOURCE;
            case ROLLED_BACK -> Side.TARGET;
            case DRAFT, SCHEMA_COPIED, REPLICATING, ABANDONED -> null;
        };
    }

    private static String version(@Nullable String seen, Cluster cluster) {
        if (seen != null) {
            return "PostgreSQL " + seen;
        }
        return cluster.majorVersion() == null ? "PostgreSQL" : "PostgreSQL " + cluster.majorVersion();
    }

    private static String words(boolean serves, boolean fenced, boolean away, Phase phase) {
        if (away) {
            return "does not answer";
        }
        if (serves && fenced) {
            return "serves, but refuses writes";
        }
        if (serves) {
            return "serves clients";
        }
        if (fenced) {
            return "fenced: clients cannot write";
        }
        return switch (phase) {
            case DRAFT -> "waits for the schema";
            case SCHEMA_COPIED -> "has the schema";
            case REPLICATING, CUT_OVER, ROLLED_BACK -> "follows";
            case FINISHED, ABANDONED -> "out of service";
        };
    }
}
