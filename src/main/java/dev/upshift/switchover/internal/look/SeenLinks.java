package dev.upshift.switchover.internal.look;

import dev.upshift.postgres.link.SlotObservation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What both ends of each link had right before clients are held, when all of it was looked at one by one. In memory,
 * because a run that is taken up by somebody else before the pivot only goes back.
 */
public final class SeenLinks {

    private final Map<String, Seen> links = new ConcurrentHashMap<>();
    private volatile boolean portsShared;

    public void portsAreShared(boolean shared) {
        portsShared = shared;
    }

    /** Whether another process could come to the port of one of the poolers; where it could not, none has come. */
    public boolean sharesPorts() {
        return portsShared;
    }

    public void keep(String database, Seen seen) {
        links.put(database, seen);
    }

    public Optional<Seen> of(String database) {
        return Optional.ofNullable(links.get(database));
    }

    /**
     * One link.
     *
     * @param published a sum over the side that is left
     * @param subscribed a sum over the side that is entered
     */
    public record Seen(String published, String subscribed, SlotObservation slot) {}
}
