package dev.upshift.pooler.internal.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The moment at which clients of a whole fleet can be held, and are held shortly. PAUSE waits for all transactions that
 * are open when it comes: on a busy machine they pile up now and then, for instance after work of our own, and a moment
 * later there are few. Each pooler has such moments of its own; one that is paused in its own holds clients while the
 * others still wait for theirs, so it has to be one of all.
 */
final class Calm {

    /** So many looks at every pooler tell what is usual: half a second, at 10 ms and what a look takes. */
    static final int LOOKS = 40;

    /** Few are open if fewer were in no more than one of so many looks. */
    private static final int PART_WITH_FEWER = 10;

    private final Set<String> poolers;
    private final Deadline patience;
    private final Map<String, Look> last = new HashMap<>();
    private final Set<String> once = new HashSet<>();
    private final List<Integer> seen = new ArrayList<>();
    private boolean begun;

    /** @param patience until when a quiet moment is waited for; later it is enough that each pooler could be paused once */
    Calm(Set<String> poolers, Deadline patience) {
        this.poolers = Set.copyOf(poolers);
        this.patience = patience;
    }

    /** @return whether this pooler, which is like that right now, is to be paused */
    synchronized boolean hasCome(String pooler, Look look) {
        last.put(pooler, look);
        if (!look.canBePaused()) {
            return false;
        }
        once.add(pooler);
        begun |= isQuiet() || (patience.isOver() && once.containsAll(poolers));
        return begun;
    }

    /** @return whether this pooler could have been paused when it was looked at last */
    synchronized boolean wasReady(String pooler) {
        Look look = last.get(pooler);
        return look != null && look.canBePaused();
    }

    private boolean isQuiet() {
        if (!last.keySet().containsAll(poolers) || !last.values().stream().allMatch(Look::canBePaused)) {
            return false;
        }
        int open = last.values().stream().mapToInt(Look::open).sum();
        seen.add(open);
        return open == 0
                || (seen.size() >= LOOKS * poolers.size()
                        && seen.stream().filter(before -> before < open).count() <= seen.size() / PART_WITH_FEWER);
    }

    /**
     * How a pooler is.
     *
     * @param canBePaused that no server connection is being opened, which PAUSE would cut off
     * @param open transactions that are open, and clients that wait for a server connection to begin one
     */
    record Look(boolean canBePaused, int open) {}
}
