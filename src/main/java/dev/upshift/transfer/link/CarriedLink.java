package dev.upshift.transfer.link;

import dev.upshift.postgres.CopyAnew;
import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.LinkObjects.Published;
import dev.upshift.postgres.LinkObjects.Subscribed;
import dev.upshift.postgres.LinkObjects.SubscribedObject;
import dev.upshift.records.CarriedTable;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects at both ends of the link of one database, and what is wrong with them in words. */
public record CarriedLink(
        String database,
        Side from,
        String link,
        Published published,
        Subscribed subscribed,
        LinkDifferences differences,
        boolean fenced) {

    /**
     * @param from the side that publishes
     * @param known as {@link LinkDifferences#of} has it; empty where nothing was ever noted of the link
     * @param fenced whether the other side is fenced, so that a person who writes there has to ask for it
     */
    public static CarriedLink of(
            String database,
            Side from,
            String link,
            Published published,
            Subscribed subscribed,
            Optional<Map<TableName, CarriedTable>> known,
            boolean fenced) {
        return new CarriedLink(
                database,
                from,
                link,
                published,
                subscribed,
                LinkDifferences.of(published, subscribed, known.orElse(null)),
                fenced);
    }

    /** Everything, for whoever asks once. */
    public List<String> objections() {
        return Stream.concat(ends().stream(), objections(EnumSet.allOf(Reason.class)).stream())
                .toList();
    }

    /** What is wrong with publication and subscription themselves. */
    public List<String> ends() {
        return Stream.of(publication(), partitions(), subscription())
                .flatMap(Optional::stream)
                .toList();
    }

    /** What is wrong for these reasons with what it carries. */
    public List<String> objections(Set<Reason> reasons) {
        return reasons.stream()
                .filter(reason -> !differences.of(reason).isEmpty())
                .map(reason -> words(reason, differences.of(reason)))
                .toList();
    }

    private Optional<String> publication() {
        return published.whole()
                ? Optional.empty()
                : Optional.of(
                        ("%s: the publication %s on the %s is gone or does not send every INSERT, UPDATE, DELETE and"
                                        + " TRUNCATE: what it left out is missing on the %s. Give it publish = 'insert,"
                                        + " update, delete, truncate' and verify; %s.")
                                .formatted(database, link, from.word(), to(), CopyAnew.THOSE_THAT_DIFFER));
    }

    private Optional<String> partitions() {
        return published.viaRoot()
                ? Optional.of(
                        ("%s: the publication %s on the %s sends changes of partitions as those of the table above them"
                                        + " (publish_via_partition_root), and the %s passes over them without an error: what"
                                        + " was written to partitions since then is missing on the %s. ALTER PUBLICATION %s"
                                        + " SET (publish_via_partition_root = false), then copy those tables anew: %s.")
                                .formatted(database, link, from.word(), to(), to(), link, anew()))
                : Optional.empty();
    }

    private Optional<String> subscription() {
        if (subscribed.oid() == 0) {
            return Optional.of("%s: the subscription %s on the %s is gone.".formatted(database, link, to()));
        }
        return subscribed.follows()
                ? Optional.empty()
                : Optional.of(
                        ("%s: the subscription %s on the %s does not read the slot and the publication of its name."
                                        + " %s (slot_name = %s), … SET PUBLICATION %s; then verify.")
                                .formatted(
                                        database,
                                        link,
                                        to(),
                                        FencedStatements.one(fenced, "ALTER SUBSCRIPTION … SET"),
                                        link,
                                        link));
    }

    private String to() {
        return from.other().word();
    }

    private String words(Reason reason, List<TableName> objects) {
        UnknownTables unknown = new UnknownTables(database, from, link, fenced);
        Set<TableName> present =
                subscribed.objects().stream().map(SubscribedObject::name).collect(Collectors.toSet());
        return switch (reason) {
            case UNPUBLISHED -> unknown.notPublished(objects, present);
            case UNSUBSCRIBED -> unknown.notSubscribed(objects, present);
            case TAKEN_OUT,
                    PUT_BACK,
                    NEVER_COPIED,
                    IN_PART,
                    MISSING,
                    NOT_READY,
                    UNLOGGED,
                    UNLOGGED_THERE,
                    MADE_AGAIN,
                    NO_SEQUENCE -> database + ": " + otherWords(reason, objects);
        };
    }

    private String otherWords(Reason reason, List<TableName> objects) {
        String names = Names.some(objects);
        return switch (reason) {
            case UNPUBLISHED, UNSUBSCRIBED -> throw new IllegalArgumentException("Told otherwise: " + reason);
            case TAKEN_OUT ->
                ("%s is not sent any more: detached from a table that is, or taken out of the publication. What was written"
                                + " there since is missing on the %s, and sending it again does not bring it. On the %s:"
                                + " ALTER PUBLICATION %s ADD TABLE …. Then copy it anew: %s.")
                        .formatted(names, to(), from.word(), link, anew());
            case PUT_BACK ->
                ("%s was not sent for a while: detached and attached again, or taken out of the publication and put back."
                                + " What was written there meanwhile is missing on the %s. Copy it anew: %s.")
                        .formatted(names, to(), anew());
            case NEVER_COPIED ->
                ("%s is followed on the %s, but was not copied since that began (REFRESH PUBLICATION with copy_data = false,"
                                + " or a subscription that was made again): rows that the %s had before may be missing."
                                + " Copy it: %s.")
                        .formatted(names, to(), from.word(), anew());
            case IN_PART ->
                ("publication %s on the %s has a row filter or a column list for %s and so leaves something out. Remove"
                                + " it (ALTER PUBLICATION … SET TABLE) and copy that anew: %s.")
                        .formatted(link, from.word(), names, anew());
            case MISSING ->
                ("the %s lacks %s, which is on the %s. Create it there first (a partition with CREATE TABLE …"
                                + " PARTITION OF …%s)%s.")
                        .formatted(
                                to(),
                                names,
                                from.word(),
                                fenced ? "; " + FencedStatements.one(true, "first") : "",
                                subscribed.oid() == 0 ? "" : ", then " + refresh() + " there");
            case NOT_READY ->
                "not ready yet, %d of %d tables: %s.".formatted(objects.size(), differences.tables(), names);
            case UNLOGGED ->
                ("%s became UNLOGGED on the %s: its changes are not replicated any more. ALTER TABLE … SET LOGGED there,"
                                + " and copy it anew: %s.")
                        .formatted(names, from.word(), anew());
            case UNLOGGED_THERE ->
                "%s is UNLOGGED on the %s, where a crash would empty it; %s there."
                        .formatted(names, to(), FencedStatements.one(fenced, "ALTER TABLE … SET LOGGED"));
            case MADE_AGAIN ->
                ("%s was dropped and made again since it was copied: the %s may have rows of the former one and lack some"
                                + " of this one. Copy it anew: %s.")
                        .formatted(names, to(), anew());
            case NO_SEQUENCE -> "the %s lacks the sequence %s; create it there.".formatted(to(), names);
        };
    }

    private String anew() {
        return CopyAnew.of(from, link, fenced);
    }

    private String refresh() {
        return FencedStatements.one(fenced, "ALTER SUBSCRIPTION %s REFRESH PUBLICATION".formatted(link));
    }
}
