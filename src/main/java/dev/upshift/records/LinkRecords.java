package dev.upshift.records;

import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remembered of links over runs and control planes: which slot and which tables they are about. */
public interface LinkRecords extends Port {

    /** We are about to make the link's slot, or to read from it for the first time. */
    void begins(long project, String link);

    /** Compares the link's slot with the last look at it; see {@code SlotContinuity}. */
    Optional<Doubt> see(long project, String link, SlotObservation slot);

    /** What was written may have been left out by the link: doubted until all rows were compared. */
    void doubt(long project, String link);

    /** All rows were compared, beginning then, and were equal. */
    void verified(long project, Instant begun);

    /** As kept last; empty for a link that was never looked at, which is not the same as one without tables. */
    @Looks
    Optional<Map<TableName, CarriedTable>> tables(long project, String link);

    void keepTables(long project, String link, Map<TableName, CarriedTable> tables);

    /** The tables as they were when both ends were known to be equal; empty where that was never kept. */
    @Looks
    Optional<List<MarkedTable>> marks(long project, String link);

    /** In the place of all that were kept: both ends begin anew. */
    void keepMarks(long project, String link, List<MarkedTable> marks);

    /** In the place of those of the same tables; what was marked of others, be it in the meantime, stays. */
    void addMarks(long project, String link, List<MarkedTable> marks);

    /** The subscriber as it was kept last; empty for a link whose subscriber was never looked at. */
    @Looks
    Optional<KnownSubscriber> subscriber(long project, String link);

    void keepSubscriber(long project, String link, KnownSubscriber subscriber);

    /** The subscription as it was when both ends were known to be equal; empty where that was never kept. */
    @Looks
    Optional<KnownSubscription> subscription(long project, String link);

    void keepSubscription(long project, String link, KnownSubscription subscription);

    /** The project is over: nothing is remembered of what its links carry, and to whom. */
    void forget(long project);
}
