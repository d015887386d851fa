package dev.upshift.pooler.internal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The moment at which clients of a whole fleet can be held, and are held shortly. Each pooler has such moments of its
 * own, and one that is paused in its own holds clients while the others still wait for theirs.
 */
final class Calm {

    private final Set<String> poolers;
    private final Deadline patience;
    private final Map<String, State> last = new ConcurrentHashMap<>();
    private final Set<String> once = ConcurrentHashMap.newKeySet();

    /** @param patience until when all being quiet at once is waited for; later it is enough that each was calm once */
    Calm(Set<String> poolers, Deadline patience) {
        this.poolers = Set.copyOf(poolers);
        this.patience = patience;
    }

    /** @return whether this pooler, which is like that right now, can be paused */
    boolean isShared(String pooler, State state) {
        last.put(pooler, state);
        if (state == State.RESTLESS) {
            return false;
        }
        once.add(pooler);
        return poolers.stream().allMatch(other -> last.get(other) == State.QUIET)
                || (patience.isOver() && once.containsAll(poolers));
    }

    enum State {
        /** A server connection is being opened, which PAUSE would cut off. */
        RESTLESS,
        /** None is, but clients wait for one: PAUSE would meet more open transactions than usual. */
        CALM,
        /** None is, and nobody waits. */
        QUIET
    }
}
