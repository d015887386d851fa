package dev.upshift.matrix;

import dev.upshift.shared.TableName;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Moves rows along the links. It is lazy: it works only while time passes, and only so much. */
final class Replication {

    /** The first server of which a subscription can stop itself after an error. */
    private static final int DISABLES_ON_ERROR = 15;

    private final World world;

    Replication(World world) {
        this.world = world;
    }

    /** Lets every worker that can work apply at most so many changes. */
    void move(int atMost) {
        world.servers().forEach(Server::flush); // what was applied earlier is on disk by now
        for (Server subscriber : world.servers()) {
            for (Database database : subscriber.databases.values()) {
                database.subscriptions.values().stream()
                        .filter(Subscription::works)
                        .forEach(subscription -> work(subscriber, database, subscription, atMost));
            }
        }
    }

    private void work(Server subscriber, Database database, Subscription subscription, int atMost) {
        Server publisher = world.at(subscription.definition.publisher());
        Slot slot = publisher.slots.get(subscription.slot);
        Set<TableName> sent = sent(publisher, subscription);
        if (slot == null || sent.isEmpty() || publisher.isAway() || subscriber.isAway()) {
            return;
        }
        copyTables(publisher, subscriber, database, subscription, sent);
        long position = Math.max(slot.confirmed, subscription.origin);
        long until = Math.min(publisher.end(), position + atMost);
        for (; position < until; position++) {
            Change change = publisher.changeAt(position);
            if (concerns(change, subscription, sent, position)
                    && !subscriber.insert(database, change.table(), change.row())) {
                stop(subscriber, subscription, change);
                break;
            }
        }
        subscription.origin = Math.max(subscription.origin, position);
        slot.confirmed = Math.max(slot.confirmed, subscription.confirmable());
    }

    private static Set<TableName> sent(Server publisher, Subscription subscription) {
        Database database = publisher.databases.get(subscription.definition.database());
        return database == null
                ? Set.of()
                : Set.copyOf(
                        database.publications.getOrDefault(subscription.definition.publication(), java.util.List.of()));
    }

    private static boolean concerns(Change change, Subscription subscription, Set<TableName> sent, long position) {
        @Nullable Long from = subscription.tables.get(change.table());
        return change.database().equals(subscription.definition.database())
                && sent.contains(change.table())
                && from != null
                && position >= from;
    }

    /** One table at a time, over a slot of its own, which is there for a while. */
    private void copyTables(
            Server publisher, Server subscriber, Database database, Subscription subscription, Set<TableName> sent) {
        for (Map.Entry<TableName, @Nullable Long> table : subscription.tables.entrySet()) {
            if (table.getValue() != null || !sent.contains(table.getKey())) {
                continue;
            }
            String name = "pg_%d_sync_%s_%d"
                    .formatted(
                            subscription.oid,
                            Integer.toUnsignedString(table.getKey().hashCode()),
                            subscriber.systemIdentifier());
            if (!publisher.slots.containsKey(name)) {
                publisher.slots.put(name, new Slot(name, database.name, publisher.end()));
                return;
            }
            for (String row : publisher.database(database.name).tables.get(table.getKey())) {
                if (!subscriber.insert(database, table.getKey(), row)) {
                    return; // a duplicate key, again and again
                }
            }
            subscriber.flush();
            table.setValue(publisher.end());
            publisher.slots.remove(name);
        }
    }

    private static void stop(Server subscriber, Subscription subscription, Change change) {
        subscription.complaint = "duplicate key %s on the %s".formatted(change.row(), subscriber.side.word());
        if (subscriber.major >= DISABLES_ON_ERROR) {
            subscription.enabled = false;
        }
    }
}
