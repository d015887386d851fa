package dev.upshift.transfer.link;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Set;

/**
 * What to do about tables that came after replication was set up, in the order in which it works: PostgreSQL subscribes
 * only to what exists on the subscribing side, so a table or partition is created there before anything else.
 *
 * @param link the name of publication and subscription
 * @param fenced whether the subscribing side is fenced
 */
public record UnknownTables(String database, Side publisher, String link, boolean fenced) {

    /**
     * Of tables, or partitions of published ones, which the publisher sends and the other side is not subscribed to.
     *
     * @param present what the subscribing side has
     */
    public Finding notSubscribed(List<TableName> tables, Set<TableName> present) {
        return new Finding(
                Place.on(publisher.other(), database),
                names(tables),
                "it is not subscribed to %s yet, and what is written to that on the %s does not arrive."
                        .formatted(Names.some(tables), publisher.word()),
                creation(tables, present) + refresh());
    }

    /** Of tables that are not in the publication. */
    public Finding notPublished(List<TableName> tables, Set<TableName> present) {
        return new Finding(
                Place.on(publisher, database),
                names(tables),
                "%s came after replication was set up and would stay behind.".formatted(Names.some(tables)),
                "%sOn the %s: ALTER PUBLICATION %s ADD TABLE …. %s"
                        .formatted(creation(tables, present), publisher.word(), link, refresh()));
    }

    private static List<String> names(List<TableName> tables) {
        return tables.stream().map(TableName::toString).toList();
    }

    private String creation(List<TableName> tables, Set<TableName> present) {
        List<TableName> lacking =
                tables.stream().filter(table -> !present.contains(table)).toList();
        return lacking.isEmpty()
                ? ""
                : "On the %s, first: %s %s as on the %s (a partition with CREATE TABLE … PARTITION OF …). "
                        .formatted(
                                subscriber(),
                                FencedStatements.one(fenced, "CREATE"),
                                Names.some(lacking),
                                publisher.word());
    }

    private String refresh() {
        return "On the %s, then: %s."
                .formatted(
                        subscriber(),
                        FencedStatements.one(fenced, "ALTER SUBSCRIPTION %s REFRESH PUBLICATION".formatted(link)));
    }

    private String subscriber() {
        return publisher.other().word();
    }
}
