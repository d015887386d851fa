package dev.upshift.check.internal;

import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.project.InvalidProject.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster said when it was tried.
 *
 * @param facts null when it could not be reached at all
 */
record ClusterAnswer(List<FieldProblem> problems, @Nullable ServerFacts facts) {

    /** Whether somebody is at the address: where nobody is, it may be mistyped. */
    boolean isThere() {
        return facts != null
                || problems.stream()
                        .noneMatch(problem -> problem.field().endsWith(".host")
                                || problem.field().endsWith(".port"));
    }

    static ClusterAnswer failed(String field, String message) {
        return new ClusterAnswer(List.of(new FieldProblem(field, message)), null);
    }
}
