package dev.upshift.engine.internal.lease;

import java.util.Map;

/** The leases by which owners show that they are alive; {@link RunRecords#takeOver} is what grants them. */
public interface RunLeases {

    /**
     * Renews all leases of this control plane at once.
     *
     * @param epochs by run
     * @return the runs that are still owned under that epoch, each with who asked for its abort, or empty text
     * @throws IllegalStateException if the metadata database did not answer within a second
     */
    Map<Long, String> renew(Map<Long, Integer> epochs);

    /** Gives a lease up, so that nobody has to wait until it runs out. Never throws. */
    void free(long run, int epoch);
}
