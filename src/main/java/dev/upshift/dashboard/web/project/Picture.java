package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.project.Project;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Clients, poolers and both clusters, as they are drawn.
 *
 * @param clients how many clients the poolers have, in words
 * @param poolers the first few
 * @param morePoolers how many are not drawn
 * @param forward null when nothing replicates that way
 * @param reverse likewise
 */
public record Picture(
        String clients,
        List<PoolerPill> poolers,
        int morePoolers,
        SideBox source,
        SideBox target,
        @Nullable LinkArrow forward,
        @Nullable LinkArrow reverse) {

    private static final int DRAWN_POOLERS = 4;

    public static Picture of(Situation situation, Figures figures) {
        Project project = situation.project();
        ReplicationSnapshot snapshot = situation.snapshot();
        List<PoolerPill> pills = pills(project, snapshot);
        List<LinkSample> links = snapshot == null ? List.of() : snapshot.links();
        return new Picture(
                clients(snapshot, figures),
                pills.stream().limit(DRAWN_POOLERS).toList(),
                Math.max(0, pills.size() - DRAWN_POOLERS),
                SideBox.of(Side.SOURCE, project, snapshot),
                SideBox.of(Side.TARGET, project, snapshot),
                LinkArrow.of(Direction.FORWARD, links, figures).orElse(null),
                LinkArrow.of(Direction.REVERSE, links, figures).orElse(null));
    }

    /** The picture in words, for those who cannot see it. */
    public String sentence() {
        return Stream.of(
                        clients + " come through "
                                + poolers.stream()
                                        .map(pooler -> pooler.name() + " (" + pooler.state() + ")")
                                        .collect(Collectors.joining(", ")),
                        "Source, " + source.version() + " at " + source.address() + ": " + source.words(),
                        "Target, " + target.version() + " at " + target.address() + ": " + target.words(),
                        forward == null ? "" : "Source to target: " + forward.state() + ", " + forward.lag(),
                        reverse == null ? "" : "Target to source: " + reverse.state() + ", " + reverse.lag())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(". ", "", "."));
    }

    private static List<PoolerPill> pills(Project project, @Nullable ReplicationSnapshot snapshot) {
        if (snapshot == null || snapshot.poolers().isEmpty()) {
            return project.poolers().stream()
                    .map(pooler -> PoolerPill.unseen(pooler.name(), project.servingSide()))
                    .toList();
        }
        return snapshot.poolers().stream().map(PoolerPill::of).toList();
    }

    private static String clients(@Nullable ReplicationSnapshot snapshot, Figures figures) {
        if (snapshot == null || snapshot.poolers().isEmpty()) {
            return "Clients";
        }
        int clients =
                snapshot.poolers().stream().mapToInt(PoolerSample::clients).sum();
        return figures.count(clients, "client", "clients");
    }
}
