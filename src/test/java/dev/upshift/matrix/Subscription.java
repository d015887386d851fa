package dev.upshift.matrix;

import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.shared.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subscription with its worker; the worker runs whenever it can. */
final class Subscription {
    final SubscriptionDefinition definition;
    final long oid;

    /** Per table, the publisher's log position from which on its changes are applied; null while it waits to be copied. */
    final Map<TableName, @Nullable Long> tables = new LinkedHashMap<>();

    boolean enabled;

    /** Who wrote its row last, by number, and whether that was us. */
    int writer;

    boolean ours;

    @Nullable String slot;

    /** Commits with the rows that it applied, and is lost with them when they were not on disk. */
    long origin;

    private long durableOrigin;

    /** What the worker met last; it comes again with every attempt. */
    @Nullable String complaint;

    Subscription(SubscriptionDefinition definition, long oid) {
        this.definition = definition;
        this.oid = oid;
        this.enabled = definition.enabled();
        this.slot = definition.slot();
    }

    void flushed() {
        durableOrigin = origin;
    }

    void crashed() {
        origin = durableOrigin;
    }

    /** Up to where it may tell the publisher that it needs nothing any more. */
    long confirmable() {
        return durableOrigin;
    }

    void alteredByUs() {
        writer++;
        ours = true;
    }

    void alteredBySomebody() {
        writer++;
        ours = false;
    }

    boolean works() {
        return enabled && slot != null;
    }
}
