package dev.upshift.project;

import java.util.List;
import java.util.stream.Collectors;

/** A project cannot be saved or removed as it was asked for; nothing was changed. */
public sealed class InvalidProject extends RuntimeException permits ProjectConflict {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldProblem> problems;

    public InvalidProject(List<FieldProblem> problems) {
        super(problems.stream().map(FieldProblem::message).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    public List<FieldProblem> problems() {
        return problems;
    }

    /**
     * What is wrong with one field.
     *
     * @param field the path as in the JSON body, e.g. {@code poolers[0].password}
     * @param message what happened, to what, and what to do; one or two sentences
     */
    public record FieldProblem(String field, String message) {}
}
