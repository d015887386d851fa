package dev.upshift.project;

/** No project has this slug. */
public final class ProjectNotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProjectNotFound(String slug) {
        super("There is no project " + slug);
    }
}
