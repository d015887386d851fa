package dev.upshift.engine.internal.lease;

/** Another control plane has taken the run over; this one must not touch anything any more. */
public final class StaleOwner extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleOwner(long run, int epoch) {
        super("Run " + run + " is no longer owned under epoch " + epoch);
    }
}
