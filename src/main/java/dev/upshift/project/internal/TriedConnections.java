package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.ConnectionTest;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.ProjectDraft;
import org.springframework.stereotype.Component;

/** Lets a draft pass only when its servers answer as they must, and notes their versions in it. */
@Component
class TriedConnections {

    private final ConnectionTest test;

    TriedConnections(ConnectionTest test) {
        this.test = test;
    }

    /** @throws InvalidProject with what the servers said */
    ProjectDraft tried(ProjectDraft draft) {
        ConnectionTest.Report report = test.test(draft);
        if (!report.problems().isEmpty()) {
            throw new InvalidProject(report.problems());
        }
        return new ProjectDraft(
                draft.slug(),
                draft.name(),
                ofMajor(draft.source(), report.sourceMajor()),
                ofMajor(draft.target(), report.targetMajor()),
                draft.databases(),
                draft.poolers(),
                draft.settings());
    }

    private static Cluster ofMajor(Cluster cluster, int major) {
        return new Cluster(
                cluster.endpoint(),
                cluster.peerHost(),
                cluster.peerPort(),
                major == 0 ? cluster.majorVersion() : Integer.valueOf(major));
    }
}
