package dev.upshift.records;

import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps nothing, and has no doubts: the guards of the plan have told of them. */
public record PlannedLinkRecords(LinkRecords real) implements LinkRecords {

    @Override
    public void begins(long project, String link) {
        // nothing is made
    }

    @Override
    public Optional<Doubt> see(long project, String link, SlotObservation slot) {
        return Optional.empty();
    }

    @Override
    public void doubt(long project, String link) {
        // nothing is carried
    }

    @Override
    public void verified(long project, Instant begun) {
        // nothing was compared
    }

    @Override
    public Optional<Map<TableName, CarriedTable>> tables(long project, String link) {
        return real.tables(project, link);
    }

    @Override
    public Optional<KnownSubscriber> subscriber(long project, String link) {
        return real.subscriber(project, link);
    }

    @Override
    public void keepSubscriber(long project, String link, KnownSubscriber subscriber) {
        // nobody subscribes
    }

    /** Whoever altered it is named by a guard. */
    @Override
    public Optional<KnownSubscription> subscription(long project, String link) {
        return Optional.empty();
    }

    @Override
    public void keepSubscription(long project, String link, KnownSubscription subscription) {
        // nobody subscribes
    }

    @Override
    public void keepTables(long project, String link, Map<TableName, CarriedTable> tables) {
        // nothing is carried
    }

    @Override
    public Optional<List<MarkedTable>> marks(long project, String link) {
        return Optional.of(real.marks(project, link).orElse(List.of()));
    }

    @Override
    public void keepMarks(long project, String link, List<MarkedTable> marks) {
        // nothing is marked
    }

    @Override
    public void addMarks(long project, String link, List<MarkedTable> marks) {
        // nothing is marked
    }

    @Override
    public void forget(long project) {
        // nothing is over
    }
}
