package dev.upshift.transfer.link;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.LinkObjects.SubscribedObject;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the link of a database does not carry, or not whole, with why and what to do. */
final class LeftOut {

    private final CarriedLink carried;
    private final String link;
    private final Side from;
    private final Side to;
    private final boolean fenced;

    LeftOut(CarriedLink carried) {
        this.carried = carried;
        this.link = carried.link();
        this.from = carried.from();
        this.to = carried.to();
        this.fenced = carried.fenced();
    }

    /** Of objects that are left out for the same reason. */
    Finding finding(Reason reason, List<TableName> objects) {
        UnknownTables unknown = new UnknownTables(carried.database(), from, link, fenced);
        String names = Names.some(objects);
        return switch (reason) {
            case UNPUBLISHED -> unknown.notPublished(objects, present());
            case UNSUBSCRIBED -> unknown.notSubscribed(objects, present());
            case TAKEN_OUT, PUT_BACK, IN_PART, UNLOGGED -> notSent(reason, objects, names);
            case NEVER_COPIED, MISSING, DROPPED_THERE, NOT_READY, UNLOGGED_THERE, MADE_AGAIN, NO_SEQUENCE ->
                notThere(reason, objects, names);
        };
    }

    private Set<TableName> present() {
        return carried.subscribed().objects().stream()
                .map(SubscribedObject::name)
                .collect(Collectors.toSet());
    }

    private Finding notSent(Reason reason, List<TableName> objects, String names) {
        return switch (reason) {
            case TAKEN_OUT ->
                on(
                        from,
                        objects,
                        ("%s is not sent any more: detached from a table that is, or taken out of the publication. What was"
                                        + " written there since is missing on the %s, and sending it again does not bring it.")
                                .formatted(names, to.word()),
                        "ALTER PUBLICATION %s ADD TABLE … there. Then copy it anew: %s.".formatted(link, anew()));
            case PUT_BACK ->
                on(
                        from,
                        objects,
                        ("%s was not sent for a while: detached and attached again, or taken out of the publication and put"
                                        + " back. What was written there meanwhile is missing on the %s.")
                                .formatted(names, to.word()),
                        "Copy it anew: %s.".formatted(anew()));
            case IN_PART ->
                on(
                        from,
                        objects,
                        "the publication %s has a row filter or a column list for %s and so leaves something out."
                                .formatted(link, names),
                        ("Put it in whole there, in one transaction (SET TABLE would take out all others): BEGIN; ALTER"
                                        + " PUBLICATION %1$s DROP TABLE …; ALTER PUBLICATION %1$s ADD TABLE ONLY …; COMMIT;"
                                        + " Then copy it anew: %2$s.")
                                .formatted(link, anew()));
            case UNLOGGED ->
                on(
                        from,
                        objects,
                        "%s became UNLOGGED: its changes are not replicated any more.".formatted(names),
                        "ALTER TABLE … SET LOGGED there, and copy it anew: %s.".formatted(anew()));
            default -> throw new IllegalArgumentException("Told otherwise: " + reason);
        };
    }

    private Finding notThere(Reason reason, List<TableName> objects, String names) {
        return switch (reason) {
            case NEVER_COPIED ->
                on(
                        to,
                        objects,
                        ("%s is followed, but was not copied since that began (REFRESH PUBLICATION with copy_data = false,"
                                        + " or a subscription that was made again): rows that the %s had before may be missing.")
                                .formatted(names, from.word()),
                        "Copy it: %s.".formatted(anew()));
            case MISSING ->
                on(
                        to,
                        objects,
                        "it lacks %s, which is on the %s.".formatted(names, from.word()),
                        "Create it there first (a partition with CREATE TABLE … PARTITION OF …%s)%s."
                                .formatted(
                                        fenced ? "; " + FencedStatements.one(true, "first") : "",
                                        carried.subscribed().oid() == 0 ? "" : ", then " + refresh() + " there"));
            case DROPPED_THERE ->
                on(
                        to,
                        objects,
                        "it lacks %s, which is on the %s and was carried before.".formatted(names, from.word()),
                        "Copy it anew: %s.".formatted(anew()));
            case NOT_READY ->
                on(
                        to,
                        objects,
                        "not ready yet, %d of %d tables: %s."
                                .formatted(objects.size(), carried.differences().tables(), names),
                        "Wait: the page of tables tells how far they are.");
            case UNLOGGED_THERE ->
                on(
                        to,
                        objects,
                        "%s is UNLOGGED: a crash would empty it.".formatted(names),
                        "%s there.".formatted(FencedStatements.one(fenced, "ALTER TABLE … SET LOGGED")));
            case MADE_AGAIN ->
                on(
                        to,
                        objects,
                        "%s was dropped and made again since it was copied, on one of the sides: the %s may have rows of the former one and lack some of this one."
                                .formatted(names, to.word()),
                        "Copy it anew: %s.".formatted(anew()));
            case NO_SEQUENCE ->
                on(
                        to,
                        objects,
                        "it lacks the sequence %s.".formatted(names),
                        "%s there under that name.".formatted(FencedStatements.one(fenced, "CREATE SEQUENCE")));
            default -> throw new IllegalArgumentException("Told otherwise: " + reason);
        };
    }

    private Finding on(Side side, List<TableName> objects, String reason, String remedy) {
        return new Finding(
                Place.on(side, carried.database()),
                objects.stream().map(TableName::toString).toList(),
                reason,
                remedy);
    }

    private String anew() {
        return CopyAnew.of(from, link, fenced);
    }

    private String refresh() {
        return FencedStatements.one(fenced, "ALTER SUBSCRIPTION %s REFRESH PUBLICATION".formatted(link));
    }
}
