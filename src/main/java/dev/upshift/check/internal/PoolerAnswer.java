package dev.upshift.check.internal;

import dev.upshift.project.InvalidProject.FieldProblem;
import java.util.List;

/**
 * What a pooler said when it was tried.
 *
 * @param entries what is wrong with where its entries lead; says nothing of a cluster whose address is wrong
 * @param version as in {@code 1.18.0}; empty when unknown
 */
record PoolerAnswer(List<FieldProblem> problems, List<FieldProblem> entries, String version) {

    static PoolerAnswer failed(String field, String message) {
        return new PoolerAnswer(List.of(new FieldProblem(field, message)), List.of(), "");
    }
}
