package dev.upshift.records.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.metadata.TestMetadata;
import dev.upshift.metadata.TestMetadata.TestDatabase;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.link.TableMark.Added;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MarkedTable;
import dev.upshift.records.PlannedLinkRecords;
import dev.upshift.records.SlotContinuity;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is remembered of links in a real metadata database. */
class StoredLinkRecordsTests {

    private static final TestDatabase DATABASE = TestMetadata.migrated();
    private static final String LINK = "upshift_shop";

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    private final LinkRecords records = new StoredLinkRecords(new NothingSeen(), jdbc);

    @BeforeEach
    void forget() {
        records.forget(1);
        records.forget(2);
    }

    @Test
    void marksThatAreAddedTakeThePlaceOfThoseOfTheSameTablesOnly() {
        assertThat(records.marks(1, LINK)).isEmpty();
        records.addMarks(1, LINK, List.of());
        assertThat(records.marks(1, LINK)).contains(List.of());
        records.addMarks(1, LINK, List.of(table(1, 10), table(2, 20)));
        records.addMarks(1, LINK, List.of(table(3, 30)));

        records.addMarks(1, LINK, List.of(table(2, 21), table(1, 10)));

        assertThat(records.marks(1, LINK).orElseThrow())
                .containsExactlyInAnyOrder(table(1, 10), table(2, 21), table(3, 30));
    }

    @Test
    void tenThousandMarksAreMergedAtOnce() {
        List<MarkedTable> many =
                IntStream.range(0, 10_000).mapToObj(oid -> table(oid, oid)).toList();
        records.keepMarks(1, LINK, many);

        records.addMarks(1, LINK, many.subList(1, many.size()));

        assertThat(records.marks(1, LINK).orElseThrow()).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void marksThatAreKeptTakeThePlaceOfAll() {
        records.keepMarks(1, LINK, List.of(table(1, 10)));
        records.keepMarks(1, LINK, List.of(table(2, 20)));

        assertThat(records.marks(1, LINK)).contains(List.of(table(2, 20)));
    }

    /** As they were kept before the other side's names, columns and triggers were. */
    @Test
    void marksWithoutTheOtherSidesNameAreReadStill() {
        jdbc.sql("""
                        insert into known_marks (project_id, link, marks)
                        values (1, :link, cast('[{"schema": "public", "name": "t1", "oid": 1, "unlogged": false, "file": 10,
                            "toast": 0, "named": "5", "columns": "7", "fed": 9}]' as jsonb))
                        """).param("link", LINK).update();

        assertThat(records.marks(1, LINK).orElseThrow()).singleElement().satisfies(table -> {
            assertThat(table.mark()).isEqualTo(table(1, 10).mark());
            assertThat(table.fed()).isEqualTo(new MarkedTable.Fed(0, 9, "", Optional.empty(), Optional.empty(), ""));
        });
    }

    @Test
    void nothingIsRememberedOfAProjectThatIsOver() {
        for (long project : List.of(1L, 2L)) {
            records.keepMarks(project, LINK, List.of(table(1, 10)));
            records.keepTables(project, LINK, Map.of());
            records.keepSubscriber(project, LINK, new KnownSubscriber(5, 6, 7));
            records.keepSubscription(project, LINK, new KnownSubscription("5/upshift_shop", "700"));
        }

        new PlannedLinkRecords(records).forget(1);
        assertThat(records.marks(1, LINK)).isPresent();
        records.forget(1);

        assertThat(records.marks(1, LINK)).isEmpty();
        assertThat(records.tables(1, LINK)).isEmpty();
        assertThat(records.subscriber(1, LINK)).isEmpty();
        assertThat(records.subscription(1, LINK)).isEmpty();
        assertThat(records.marks(2, LINK)).isPresent();
        assertThat(records.tables(2, LINK)).isPresent();
        assertThat(records.subscriber(2, LINK)).contains(new KnownSubscriber(5, 6, 7));
        assertThat(records.subscription(2, LINK)).contains(new KnownSubscription("5/upshift_shop", "700"));
    }

    @Test
    void aSubscriptionThatIsDoubtedIsKeptSo() {
        KnownSubscription known = new KnownSubscription("5/upshift_shop", "700");
        records.keepSubscription(1, LINK, known);

        records.keepSubscription(1, LINK, known.doubted());

        assertThat(records.subscription(1, LINK)).contains(new KnownSubscription("5/upshift_shop", null));
    }

    private static MarkedTable table(long oid, long file) {
        return new MarkedTable(
                new TableMark(new TableName("public", "t" + oid), oid, false, file, 0, "5", "7", "", "", Added.NOTHING),
                new MarkedTable.Fed(oid + 1, file + 1, "6", Optional.of("8"), Optional.of("9"), "0/1A"));
    }

    /** Slots are others' business. */
    private static final class NothingSeen implements SlotContinuity {

        @Override
        public void begins(long project, String slot) {}

        @Override
        public Optional<Doubt> see(long project, String slot, SlotObservation now) {
            return Optional.empty();
        }

        @Override
        public void doubt(long project, String slot) {}

        @Override
        public void verified(long project, Instant begun) {}

        @Override
        public void keepOnly(List<Long> projects) {}
    }
}
