package dev.upshift.postgres.internal.link;

import dev.upshift.shared.Endpoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which servers could subscribe to which others just now. A probe holds a password in its statement, which a server may
 * write down for others, so that it is not repeated with every look at a plan.
 */
final class ProvenLinks {

    static final Duration PROVEN_FOR = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final Map<Link, Long> proven = new ConcurrentHashMap<>();

    /** @param nanos as {@link System#nanoTime()} */
    ProvenLinks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean holds(Link link) {
        Long since = proven.get(link);
        return since != null && !isOver(since);
    }

    void note(Link link) {
        proven.values().removeIf(this::isOver);
        proven.put(link, nanos.getAsLong());
    }

    void forget() {
        proven.clear();
    }

    private boolean isOver(long since) {
        return nanos.getAsLong() - since >= PROVEN_FOR.toNanos();
    }

    /**
     * All that a probe depends on but the servers' own configuration.
     *
     * @param subscriber how the subscribing server is connected to, with user and database
     * @param publisher with its password
     */
    record Link(String subscriber, Endpoint publisher, String database, String publication) {}
}
