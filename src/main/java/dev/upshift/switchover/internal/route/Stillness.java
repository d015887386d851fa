package dev.upshift.switchover.internal.route;

import dev.upshift.shared.Lsn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the server that is left had got when nobody there could write any more, and up to where the barrier then saw
 * everything arrive. A transaction that writes takes an id, and ids are given out in turn for the whole server: if none
 * was given out but to our sentinels, then nothing was written.
 */
public final class Stillness {

    private final Map<String, Long> next = new ConcurrentHashMap<>();
    private final Map<String, Lsn> arrived = new ConcurrentHashMap<>();

    /** @param id what the database's server gives out next, seen when no transaction was open that could write */
    public void begins(String database, long id) {
        next.put(database, id);
    }

    /** @param end everything of the database that was written before it has arrived */
    public void arrived(String database, Lsn end) {
        arrived.put(database, end);
    }

    /** Whether the barrier was seen to be reached. */
    public boolean hasArrived(String database) {
        return arrived.containsKey(database);
    }

    /**
     * Whether all that was written on the database's server since it was still are sentinels of the barrier, one for each
     * database.
     */
    public boolean lasts(String database, long id) {
        Long begun = next.get(database);
        return begun != null && id == begun + arrived.size();
    }

    /** @throws IllegalStateException if there was no barrier */
    public Lsn arrived(String database) {
        Lsn end = arrived.get(database);
        if (end == null) {
            throw new IllegalStateException("Nothing was proven to have arrived from " + database + ".");
        }
        return end;
    }
}
