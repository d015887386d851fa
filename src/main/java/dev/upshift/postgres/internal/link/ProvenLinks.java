package dev.upshift.postgres.internal.link;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.upshift.shared.Endpoint;
import java.time.Duration;

/**
 * Which servers could subscribe to which others just now. A probe holds a password in its statement, which a server may
 * write down for others, so that it is not repeated with every look at a plan.
 */
final class ProvenLinks {

    static final Duration PROVEN_FOR = Duration.ofMinutes(10);

    private final Cache<Link, Boolean> proven;

    ProvenLinks(Ticker time) {
        proven = Caffeine.newBuilder().ticker(time).expireAfterWrite(PROVEN_FOR).build();
    }

    boolean holds(Link link) {
        return proven.getIfPresent(link) != null;
    }

    void note(Link link) {
        proven.put(link, true);
    }

    void forget() {
        proven.invalidateAll();
    }

    /**
     * All that a probe depends on but the servers' own configuration.
     *
     * @param subscriber how the subscribing server is connected to, with user and database
     * @param publisher with its password
     */
    record Link(String subscriber, Endpoint publisher, String database, String publication) {}
}
