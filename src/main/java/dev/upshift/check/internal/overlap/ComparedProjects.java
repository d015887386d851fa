package dev.upshift.check.internal.overlap;

import dev.upshift.check.Inspected;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.Side;
import java.util.Arrays;
import java.util.Optional;

/** A draft, and another project that is not over. */
record ComparedProjects(ProjectDraft draft, Project other, ClusterIdentities clusters) implements Inspected {

    @Override
    public boolean accepts(Acceptance finding) {
        return draft.settings().accepts(finding);
    }

    /** Our first side that is a cluster of the other project, be it on its other side. */
    Optional<Side> sharedSide() {
        return Arrays.stream(Side.values())
                .filter(ours -> Arrays.stream(Side.values())
                        .anyMatch(theirs -> clusters.isSame(cluster(ours), other.cluster(theirs))))
                .findFirst();
    }

    /** How the other project is spoken of. */
    String words() {
        return "the project %s, which is %s"
                .formatted(other.slug(), other.phase().words());
    }

    private Cluster cluster(Side side) {
        return side == Side.SOURCE ? draft.source() : draft.target();
    }
}
