package dev.upshift.engine.procedure;

/**
 * The right of this control plane to act on servers and poolers for a run. It has to be asked for right before every
 * side effect, because a process may be stopped between any two of its instructions, and be woken when another control
 * plane has finished the run.
 */
public interface Ownership {

    /** For what belongs to no run: plans, guards. */
    Ownership UNDISPUTED = new Ownership() {
        @Override
        public void require() {
            // nobody else acts
        }

        @Override
        public boolean isSure() {
            return true;
        }

        @Override
        public boolean mayConclude() {
            return true;
        }

        @Override
        public String mark() {
            return "";
        }
    };

    /**
     * Returns only when nobody else can have taken the run over; past the pivot already when this control plane may
     * conclude. Asks no server: compares the time since the last renewal.
     *
     * @throws RuntimeException if another control plane owns the run by now, or if nobody can tell because the metadata
     *     database has not answered for seconds
     */
    void require();

    /** Whether nobody else can have taken the run over. */
    boolean isSure();

    /**
     * Whether this control plane may still do what every successor would do as well: let clients go before the pivot,
     * lead them on after it. True for some seconds longer than {@link #isSure}: a successor does not end the run before
     * they are over.
     */
    boolean mayConclude();

    /** Run and epoch, to be shown by sessions that act for it; empty where there is no run. */
    String mark();
}
