package dev.upshift.project;

import java.util.List;

/**
 * What was asked for is right in itself, but not now: the slug is taken, somebody else changed the project meanwhile,
 * its phase forbids it, or a run works with it.
 */
public final class ProjectConflict extends InvalidProject {
    private static final long serialVersionUID = 1L;

    public ProjectConflict(String field, String message) {
        super(List.of(new FieldProblem(field, message)));
    }
}
