package dev.upshift.transfer.link;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.records.CarriedTable;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The objects at both ends of the link of one database, and what is wrong with them. */
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
    public List<Finding> findings() {
        return Stream.concat(ends().stream(), findings(EnumSet.allOf(Reason.class)).stream())
                .toList();
    }

    /** What is wrong with publication and subscription themselves. */
    public List<Finding> ends() {
        return Stream.of(publication(), partitions(), subscription())
                .flatMap(Optional::stream)
                .toList();
    }

    /** What is wrong for these reasons with what it carries: all that is so for the same reason is one. */
    public List<Finding> findings(Set<Reason> reasons) {
        LeftOut leftOut = new LeftOut(this);
        return reasons.stream()
                .filter(reason -> !differences.of(reason).isEmpty())
                .map(reason -> leftOut.finding(reason, differences.of(reason)))
                .toList();
    }

    private Optional<Finding> publication() {
        return published.whole()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(from, database),
                        List.of(link),
                        "the publication %s is gone or does not send every INSERT, UPDATE, DELETE and TRUNCATE: what it left out is missing on the %s."
                                .formatted(link, to().word()),
                        "If it is there, give it publish = 'insert, update, delete, truncate' and verify; %s. One that is gone cannot be mended."
                                .formatted(CopyAnew.THOSE_THAT_DIFFER)));
    }

    private Optional<Finding> partitions() {
        return published.viaRoot()
                ? Optional.of(new Finding(
                        Place.on(from, database),
                        List.of(link),
                        ("the publication %s sends changes of partitions as those of the table above them"
                                        + " (publish_via_partition_root), and the %s passes over them without an error: what"
                                        + " was written to partitions since then is missing on the %s.")
                                .formatted(link, to().word(), to().word()),
                        "ALTER PUBLICATION %s SET (publish_via_partition_root = false), then copy those tables anew: %s."
                                .formatted(link, CopyAnew.of(from, link, fenced))))
                : Optional.empty();
    }

    private Optional<Finding> subscription() {
        if (subscribed.oid() == 0) {
            return Optional.of(LostLink.unsubscribed(to(), database, link));
        }
        return subscribed.follows()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(to(), database),
                        List.of(link),
                        "the subscription %s does not read the slot and the publication of its name.".formatted(link),
                        "%s (slot_name = %s), … SET PUBLICATION %s WITH (refresh = false); then verify."
                                .formatted(FencedStatements.one(fenced, "ALTER SUBSCRIPTION … SET"), link, link)));
    }

    Side to() {
        return from.other();
    }
}
