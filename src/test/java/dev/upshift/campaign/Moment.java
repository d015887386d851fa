package dev.upshift.campaign;

/** When, relative to a step, a fault strikes. */
enum Moment {
    /** The step has begun, and nothing was done yet; the journal may not say so yet of one that leaves nothing. */
    BEFORE("before"),
    /** The step's effect is there, the journal does not know yet. */
    AFTER("after"),
    /**
     * The journal has just been told that the step succeeded; of the last steps before the pivot by the pivot's own
     * commit, so that a fault which strikes there comes after the point of no return.
     */
    JOURNALED("journaled"),
    /** The run goes back, and the step is about to be undone. */
    BEFORE_UNDO("before the undo of"),
    /** The step was undone, the journal does not know yet. */
    AFTER_UNDO("after the undo of");

    private final String words;

    Moment(String words) {
        this.words = words;
    }

    boolean isOnTheWayBack() {
        return this == BEFORE_UNDO || this == AFTER_UNDO;
    }

    /** For example “after” in “after stop-link”. */
    String words() {
        return words;
    }
}
