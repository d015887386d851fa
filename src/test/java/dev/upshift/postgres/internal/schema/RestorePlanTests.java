package dev.upshift.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestorePlanTests {

    private static final String LISTING = """
            ;
            ; Archive created at 2026-11-21 10:44:58 UTC
            ;     Dumped from database version: 13.23
            ;
            208; 1259 18035 TABLE shop My Orders app
            3520; 0 0 COMMENT - EXTENSION btree_gist\s
            221; 1259 18160 TABLE shop My Orders 2025 app
            ;	depends on: 208
            3294; 2606 18046 CONSTRAINT shop My Orders My Orders_pkey app
            ;	depends on: 208 208
            3295; 2606 18047 CONSTRAINT shop My Orders 2025 My Orders 2025_pkey app
            ;	depends on: 221
            3296; 2606 18048 CONSTRAINT shop My Orders one per customer app
            ;	depends on: 208 208
            3545; 0 0 COMMENT shop CONSTRAINT "one per customer" ON "My Orders" app
            ;	depends on: 3296
            3291; 1259 18049 INDEX shop by name app
            ;	depends on: 208
            3292; 1259 18050 INDEX shop by name 2025 app
            ;	depends on: 221
            3293; 1259 18051 INDEX shop identity app
            3345; 0 0 INDEX ATTACH shop My Orders 2025_pkey app
            ;	depends on: 3294 3295
            3346; 0 0 INDEX ATTACH shop by name 2025 app
            ;	depends on: 3291 3292
            3494; 2618 18219 RULE shop Grouped _RETURN app
            ;	depends on: 3294 227
            3495; 2618 18220 RULE shop Grouped nothing app
            3350; 1255 18300 FUNCTION shop upserts() app
            ;	depends on: 3296
            3351; 0 0 ACL shop FUNCTION upserts() app
            ;	depends on: 3350
            3500; 0 18054 ROW SECURITY shop My Orders app
            3501; 3256 18241 POLICY shop My Orders own orders app
            3519; 0 18228 MATERIALIZED VIEW DATA shop totals app
            """;

    private static final List<HeldBackObject> OBJECTS = List.of(
            object(2606, 18046, "primary key \"My Orders_pkey\"", true),
            object(2606, 18047, "primary key \"My Orders 2025_pkey\"", true),
            object(2606, 18048, "unique constraint \"one per customer\"", false),
            object(1259, 18049, "index \"by name\"", false),
            object(1259, 18050, "index \"by name 2025\"", false),
            object(1259, 18051, "index \"identity\"", true),
            object(2618, 18219, "rule \"_RETURN\"", true),
            object(2618, 18220, "rule \"nothing\"", false),
            object(0, 18228, "content of totals", false),
            new HeldBackObject(
                    0, 0, "INDEX ATTACH shop by name 2025", "attachment of \"by name 2025\"", false, true, false));

    private final RestorePlan plan = RestorePlan.of(entries(), OBJECTS);

    @Test
    void whatIdentifiesRowsComesBeforeTheDataWithWhatTheyAreAttachedTo() {
        assertThat(plan.immediate()).contains(208, 221, 3294, 3295, 3293, 3345);
    }

    @Test
    void viewsThatNeedAPrimaryKeyAndPoliciesComeBeforeTheData() {
        assertThat(plan.immediate()).contains(3494, 3500, 3501);
    }

    @Test
    void heldBackIsTheRestWithWhatDependsOnIt() {
        assertThat(plan.heldBack().names().keySet())
                .containsExactly(3296, 3545, 3291, 3292, 3346, 3495, 3350, 3351, 3519);
        assertThat(plan.heldBack().objects())
                .containsExactly(
                        "unique constraint \"one per customer\"",
                        "index \"by name\"",
                        "index \"by name 2025\"",
                        "attachment of \"by name 2025\"",
                        "rule \"nothing\"",
                        "content of totals");
    }

    @Test
    void commentsOfExtensionsAreLeftOut() {
        assertThat(plan.immediate()).doesNotContain(3520);
        assertThat(plan.heldBack().names()).doesNotContainKey(3520);
    }

    @Test
    void listsAreReadAgainAsTheyWereWritten() {
        HeldBackList read = HeldBackList.parse("; from server version 130023\n" + plan.heldBack());

        assertThat(read).isEqualTo(plan.heldBack());
        assertThat(read.without(Set.of("index \"by name\"", "rule \"nothing\""))
                        .names()
                        .keySet())
                .containsExactly(3296, 3545, 3292, 3346, 3350, 3351, 3519);
        assertThat(ListHeader.source("; from server version 130023\n1;\n").major())
                .isEqualTo(13);
        assertThat(plan.immediateList()).startsWith("208;\n221;\n");
    }

    private static List<ArchiveEntry> entries() {
        ArchiveListing listing = new ArchiveListing();
        LISTING.lines().forEach(listing);
        return listing.entries();
    }

    private static HeldBackObject object(long catalogue, long oid, String name, boolean immediate) {
        return new HeldBackObject(catalogue, oid, "", name, immediate, true, false);
    }
}
