package dev.upshift.project;

import dev.upshift.project.InvalidProject.FieldProblem;
import java.util.List;

/**
 * Tries the endpoints of a draft for real before it is saved. Owned by this module because it decides what may be
 * saved; implemented by the one that can reach servers.
 */
public interface ConnectionTest {

    Report test(ProjectDraft draft);

    /**
     * What the draft shares with these projects, none of which is over: the same database of the same cluster, the same
     * pooler. Empty when nothing.
     */
    List<FieldProblem> overlaps(ProjectDraft draft, List<Project> others);

    /**
     * @param problems empty when everything answered as it must
     * @param sourceMajor what the source turned out to be; 0 when unknown
     * @param targetMajor likewise
     */
    record Report(List<FieldProblem> problems, int sourceMajor, int targetMajor) {}
}
