package dev.upshift.dashboard.web.frame;

/** A page was asked for that this project does not have. */
public final class PageNotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String project;
    private final String what;

    /**
     * @param project slug of the project
     * @param what a sentence for the reader
     */
    public PageNotFound(String project, String what) {
        super(what);
        this.project = project;
        this.what = what;
    }

    public String project() {
        return project;
    }

    public String what() {
        return what;
    }
}
