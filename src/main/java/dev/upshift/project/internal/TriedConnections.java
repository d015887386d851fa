package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.ConnectionTest;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lets a draft pass only when its servers answer as they must, and notes their versions in it. */
@Component
class TriedConnections {

    private final ConnectionTest test;

    TriedConnections(ConnectionTest test) {
        this.test = test;
    }

    /**
     * @param others projects that may share nothing with the draft
     * @throws InvalidProject with what the servers said, or what is shared
     */
    ProjectDraft tried(ProjectDraft draft, List<Project> others) {
        ConnectionTest.Report report = test.test(draft);
        throwIfAny(report.problems());
        throwIfAny(others.isEmpty() ? List.of() : test.overlaps(draft, others));
        return new ProjectDraft(
                draft.slug(),
                draft.name(),
                ofMajor(draft.source(), report.sourceMajor()),
                ofMajor(draft.target(), report.targetMajor()),
                draft.databases(),
                draft.poolers(),
                draft.settings());
    }

    private static void throwIfAny(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidProject(problems);
        }
    }

    private static Cluster ofMajor(Cluster cluster, int major) {
        return new Cluster(
                cluster.endpoint(),
                cluster.peerHost(),
                cluster.peerPort(),
                major == 0 ? cluster.majorVersion() : Integer.valueOf(major));
    }
}
