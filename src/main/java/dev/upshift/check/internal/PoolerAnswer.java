package dev.upshift.check.internal;

import dev.upshift.project.InvalidProject.FieldProblem;
import java.util.List;

/**
 * What a pooler said when it was tried.
 *
 * @param version as in {@code 1.18.0}; empty when unknown
 */
record PoolerAnswer(List<FieldProblem> problems, String version) {

    static PoolerAnswer failed(String field, String message) {
        return new PoolerAnswer(List.of(new FieldProblem(field, message)), "");
    }
}
