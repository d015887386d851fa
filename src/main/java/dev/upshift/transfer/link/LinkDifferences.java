package dev.upshift.transfer.link;

import dev.upshift.postgres.link.LinkObjects.Kind;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.PublishedObject;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.postgres.link.LinkObjects.SubscribedObject;
import dev.upshift.records.CarriedTable;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the side that is left has and the link does not carry to the side that is entered: by name and by identity. Pure
 * and complete: every table that holds rows and is not unlogged must be sent whole, be there, be subscribed and ready,
 * and be the one that was copied; every sequence must be there.
 */
public final class LinkDifferences {

    /** Why an object would stay behind, or be without its rows. */
    public enum Reason {
        /** The publication does not have it. */
        UNPUBLISHED,
        /** It was sent, is subscribed and copied, and the publication does not have it any more. */
        TAKEN_OUT,
        /** It was sent, for a while it was not, and it was not copied since. */
        PUT_BACK,
        /** Its changes are followed, and the rows that it had before were not copied. */
        NEVER_COPIED,
        /** A row filter or column list leaves something of it out. */
        IN_PART,
        /** The entered side does not have it. */
        MISSING,
        /** It was carried, and is not there any more, but a subscription whose worker may still know it as copied. */
        DROPPED_THERE,
        /** The entered side has it but does not read its changes. */
        UNSUBSCRIBED,
        /** It is being copied. */
        NOT_READY,
        /** It was replicated and is not any more, because it became unlogged. */
        UNLOGGED,
        /** The entered side would lose it in a crash. */
        UNLOGGED_THERE,
        /** It was dropped and made again since it was copied. */
        MADE_AGAIN,
        /** A sequence that the entered side does not have. */
        NO_SEQUENCE
    }

    private final Map<Reason, List<TableName>> found = new EnumMap<>(Reason.class);
    private int tables;

    private final @Nullable Map<TableName, CarriedTable> known;
    private final Map<Long, CarriedTable> byPublisher;
    private final boolean subscribed;

    private LinkDifferences(@Nullable Map<TableName, CarriedTable> known, boolean subscribed) {
        this.known = known;
        this.subscribed = subscribed;
        this.byPublisher = known == null
                ? Map.of()
                : known.values().stream()
                        .collect(Collectors.toMap(CarriedTable::publisher, Function.identity(), (one, other) -> one));
    }

    /**
     * @param known the tables as the link has carried them so far; those that it did not have are new, and no fault once
     *     they were copied. Null where nothing was ever noted of the link
     */
    public static LinkDifferences of(Published from, Subscribed to, @Nullable Map<TableName, CarriedTable> known) {
        LinkDifferences differences = new LinkDifferences(known, to.oid() != 0);
        Map<TableName, SubscribedObject> there = new HashMap<>();
        to.objects().forEach(object -> there.put(object.name(), object));
        for (PublishedObject object : from.objects()) {
            SubscribedObject counterpart = there.get(object.name());
            if (object.kind() == Kind.SEQUENCE) {
                differences.sequence(object, counterpart);
            } else if (object.unlogged()) {
                differences.unlogged(object, counterpart);
            } else {
                differences.table(object, counterpart);
            }
        }
        return differences;
    }

    private void sequence(PublishedObject object, @Nullable SubscribedObject there) {
        if (there == null || there.kind() != Kind.SEQUENCE) {
            note(Reason.NO_SEQUENCE, object);
        }
    }

    private void unlogged(PublishedObject object, @Nullable SubscribedObject there) {
        if (there != null && there.letter() != null) {
            note(Reason.UNLOGGED, object);
        }
    }

    private void table(PublishedObject object, @Nullable SubscribedObject there) {
        tables++;
        if (!object.sent()) {
            note(wasSent(object, there) ? Reason.TAKEN_OUT : Reason.UNPUBLISHED, object);
            return;
        }
        if (object.inPart()) {
            note(Reason.IN_PART, object);
        }
        if (there == null || there.kind() == Kind.SEQUENCE) {
            note(subscribed && byPublisher.containsKey(object.oid()) ? Reason.DROPPED_THERE : Reason.MISSING, object);
        } else if (object.kind() == Kind.TABLE) {
            rows(object, there);
        }
    }

    /** A subscriber that came, or refreshed, while it was not sent knows nothing of it. */
    private boolean wasSent(PublishedObject object, @Nullable SubscribedObject there) {
        return there != null && (there.letter() != null || byPublisher.containsKey(object.oid()));
    }

    private void rows(PublishedObject object, SubscribedObject there) {
        if (there.letter() == null) {
            note(notFollowed(object, there), object);
            return;
        }
        if (!there.isReady()) {
            note(Reason.NOT_READY, object);
            return;
        }
        if (there.unlogged()) {
            note(Reason.UNLOGGED_THERE, object);
        }
        if (known != null) {
            CarriedTable now = CarriedTable.of(object, there);
            carried(object, now, before(object.name(), now, known));
        }
    }

    /** Of a table that was linked before, subscribing again would not bring what is missing, or bring too much. */
    private Reason notFollowed(PublishedObject object, SubscribedObject there) {
        CarriedTable before = byPublisher.get(object.oid());
        if (before == null) {
            return Reason.UNSUBSCRIBED;
        }
        return CarriedTable.of(object, there).isThatOf(before) ? Reason.PUT_BACK : Reason.MADE_AGAIN;
    }

    /** The table as it was seen before, also under another name; null where it was not. */
    private @Nullable CarriedTable before(TableName name, CarriedTable now, Map<TableName, CarriedTable> known) {
        CarriedTable same = byPublisher.get(now.publisher());
        return same != null && now.isThatOf(same) ? same : known.get(name);
    }

    /** What a link began with may not have been copied, as on a way back; what came to it later was. */
    private void carried(PublishedObject object, CarriedTable now, @Nullable CarriedTable before) {
        if (now.copied() == null && (before == null || before.copied() != null)) {
            note(Reason.NEVER_COPIED, object);
        } else if (before != null && !now.continues(before)) {
            note(now.isThatOf(before) ? Reason.PUT_BACK : Reason.MADE_AGAIN, object);
        }
    }

    private void note(Reason reason, PublishedObject object) {
        found.computeIfAbsent(reason, first -> new ArrayList<>()).add(object.name());
    }

    /** The objects that stay behind, or are without their rows, for this reason. */
    public List<TableName> of(Reason reason) {
        return List.copyOf(found.getOrDefault(reason, List.of()));
    }

    /** How many tables the link should carry, partitioned ones included. */
    public int tables() {
        return tables;
    }
}
