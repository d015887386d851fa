package dev.upshift.transfer.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnknownTablesTests {

    private static final TableName ORDERS = new TableName("public", "orders");
    private static final UnknownTables UNKNOWN = new UnknownTables("shop", Side.SOURCE, "link", false);

    @Test
    void anUnknownPartitionIsCreatedBeforeItIsSubscribedTo() {
        assertThat(UNKNOWN.notSubscribed(List.of(ORDERS), Set.of()).sentence())
                .isEqualTo(
                        "shop on the target: it is not subscribed to public.orders yet, and what is written to that on"
                                + " the source does not arrive. On the target, first: CREATE public.orders as on the source (a partition with"
                                + " CREATE TABLE … PARTITION OF …). On the target, then: ALTER SUBSCRIPTION link REFRESH"
                                + " PUBLICATION.");
        assertThat(UNKNOWN.notSubscribed(List.of(ORDERS), Set.of(ORDERS)).sentence())
                .endsWith("does not arrive. On the target, then: ALTER SUBSCRIPTION link REFRESH PUBLICATION.");
    }

    @Test
    void anUnpublishedTableNeedsThreeThingsInOrder() {
        assertThat(UNKNOWN.notPublished(List.of(ORDERS), Set.of()).sentence())
                .containsSubsequence(
                        "On the target, first: CREATE",
                        "On the source: ALTER PUBLICATION link ADD TABLE",
                        "On the target, then: ALTER SUBSCRIPTION link REFRESH PUBLICATION.");
    }
}
