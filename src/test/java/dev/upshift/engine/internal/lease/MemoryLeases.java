package dev.upshift.engine.internal.lease;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Leases that are renewed for whoever holds them, unless told otherwise. */
public final class MemoryLeases implements RunLeases {

    private final Set<Long> taken = new HashSet<>();
    private final Set<Long> freed = new HashSet<>();
    private String abortRequestedBy = "";
    private boolean away;

    @Override
    public synchronized Map<Long, String> renew(Map<Long, Integer> epochs) {
        if (away) {
            throw new IllegalStateException("The metadata database is away");
        }
        Map<Long, String> owned = new HashMap<>();
        epochs.keySet().forEach(run -> owned.put(run, abortRequestedBy));
        owned.keySet().removeAll(taken);
        return owned;
    }

    @Override
    public synchronized void free(long run, int epoch) {
        freed.add(run);
    }

    /** Somebody else owns the run from now on. */
    public synchronized void take(long run) {
        taken.add(run);
    }

    /** Somebody asked for an abort, at some other control plane. */
    public synchronized void abort(String by) {
        abortRequestedBy = by;
    }

    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    public synchronized boolean isFree(long run) {
        return freed.contains(run);
    }
}
