package dev.upshift.dashboard.web.frame;

/** A page was asked for that this project does not have. */
public final class NothingHere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    /** @param what a sentence for the reader */
    public NothingHere(String what) {
        super(what);
        this.what = what;
    }

    public String what() {
        return what;
    }
}
