package dev.upshift.records;

import dev.upshift.postgres.link.LinkObjects.Kind;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.PublishedObject;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.postgres.link.LinkObjects.SubscribedObject;
import dev.upshift.shared.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What tells a table that a link carries from another one of its name.
 *
 * @param publisher its oid on the publishing side
 * @param subscriber its oid on the subscribing side
 * @param copied where its copy met the stream; null when it was not copied
 * @param way how the publication sends it; null where that was not noted
 */
public record CarriedTable(
        long publisher,
        long subscriber,
        @Nullable String copied,
        @Nullable String way) {

    /** The tables that a link carries now: sent, subscribed and ready. */
    public static Map<TableName, CarriedTable> carried(Published published, Subscribed subscribed) {
        Map<TableName, SubscribedObject> ready = subscribed.objects().stream()
                .filter(SubscribedObject::isReady)
                .collect(Collectors.toMap(SubscribedObject::name, object -> object));
        return published.objects().stream()
                .filter(object -> object.kind() == Kind.TABLE && object.sent() && ready.containsKey(object.name()))
                .collect(Collectors.toMap(
                        PublishedObject::name, object -> of(object, Objects.requireNonNull(ready.get(object.name())))));
    }

    /** The tables that a link will carry to which nobody subscribes yet: sent, and there on both sides. */
    public static Map<TableName, CarriedTable> prepared(Published published, Subscribed subscriber) {
        Map<TableName, SubscribedObject> there = subscriber.objects().stream()
                .filter(object -> object.kind() == Kind.TABLE)
                .collect(Collectors.toMap(SubscribedObject::name, object -> object));
        return published.objects().stream()
                .filter(object -> object.kind() == Kind.TABLE && object.sent() && there.containsKey(object.name()))
                .collect(Collectors.toMap(
                        PublishedObject::name,
                        object -> new CarriedTable(
                                object.oid(),
                                Objects.requireNonNull(there.get(object.name())).oid(),
                                null,
                                object.way())));
    }

    /**
     * What was noted before anything was copied, with the first copy of each table that is ready. Of one that was sent all
     * the time since, that copy is as good as any; of another one only a later copy will do, so that the note of how it was
     * sent stays.
     */
    public static Map<TableName, CarriedTable> withCopies(
            Map<TableName, CarriedTable> noted, Published published, Subscribed subscribed) {
        Map<TableName, CarriedTable> carried = carried(published, subscribed);
        Map<TableName, CarriedTable> known = new HashMap<>(noted);
        known.replaceAll((name, before) -> {
            CarriedTable now = carried.get(name);
            return before.copied == null && now != null ? before.copiedAs(now) : before;
        });
        return known;
    }

    private CarriedTable copiedAs(CarriedTable now) {
        return publisher == now.publisher && isSentAs(now)
                ? now
                : new CarriedTable(publisher, subscriber, now.copied, way);
    }

    /**
     * What later looks compare with: the tables that a link carries now, and of those that it carried before the ones that
     * the subscriber still has, though nothing is sent of them, or it does not read them. Whoever publishes one of these
     * again has to be told that nobody copies it.
     */
    public static Map<TableName, CarriedTable> known(
            Map<TableName, CarriedTable> before, Published published, Subscribed subscribed) {
        Map<TableName, CarriedTable> known = new HashMap<>();
        subscribed.objects().stream()
                .filter(object -> before.containsKey(object.name()))
                .forEach(object -> known.put(object.name(), before.get(object.name())));
        known.putAll(carried(published, subscribed));
        return known;
    }

    /** Of one table, as both ends have it. */
    public static CarriedTable of(PublishedObject published, SubscribedObject subscribed) {
        return new CarriedTable(published.oid(), subscribed.oid(), subscribed.copied(), published.way());
    }

    /** Whether the link has carried it without a break since it was seen before, or it was copied since. */
    public boolean continues(CarriedTable before) {
        return (isThatOf(before) && isSentAs(before)) || (copied != null && !copied.equals(before.copied));
    }

    /** Whether both tables are those that were seen before. */
    public boolean isThatOf(CarriedTable before) {
        return publisher == before.publisher && subscriber == before.subscriber;
    }

    /** Whether the publisher has sent that very table all the time since it was seen before. */
    public boolean isSentStill(@Nullable PublishedObject now) {
        return now != null && now.oid() == publisher && now.way() != null && (way == null || way.equals(now.way()));
    }

    private boolean isSentAs(CarriedTable before) {
        return way == null || before.way == null || way.equals(before.way);
    }
}
