package dev.upshift.matrix;

/** What goes wrong in a run, and when. Outlives control planes. */
interface Trouble {

    Trouble NONE = new Trouble() {};

    /**
     * Called at every moment of a control plane.
     *
     * @param number from 0 within this control plane
     */
    default void at(ControlPlane plane, int number, String moment) {}

    /** Whether this call fails before anything happened. */
    default boolean failsBefore(int call, String name) {
        return false;
    }

    /** Whether the answer to this call is lost after it happened. */
    default boolean failsAfter(int call, String name) {
        return false;
    }

    /** Whether this call, of something that answers nothing, is answered without having been carried out. */
    default boolean isNotDone(int call, String name) {
        return false;
    }
}
