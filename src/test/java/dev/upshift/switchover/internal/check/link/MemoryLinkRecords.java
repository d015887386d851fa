package dev.upshift.switchover.internal.check.link;

import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MarkedTable;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is remembered of links, for as long as a test runs. */
final class MemoryLinkRecords implements LinkRecords {

    private final Map<String, SlotObservation> slots = new ConcurrentHashMap<>();
    private final Map<String, Instant> doubted = new ConcurrentHashMap<>();
    private final Map<String, Map<TableName, CarriedTable>> tables = new ConcurrentHashMap<>();
    private final Map<String, List<MarkedTable>> marks = new ConcurrentHashMap<>();
    private final Map<String, KnownSubscriber> subscribers = new ConcurrentHashMap<>();
    private final Map<String, KnownSubscription> subscriptions = new ConcurrentHashMap<>();

    @Override
    public void begins(long project, String link) {
        slots.remove(link);
        doubted.remove(link);
    }

    @Override
    public Optional<Doubt> see(long project, String link, SlotObservation slot) {
        SlotObservation before = slots.put(link, slot);
        if (before != null && !(slot.continues(before) && slot.publishesAs(before))) {
            doubted.put(link, slot.at());
        }
        return Optional.ofNullable(doubted.get(link)).map(Doubt::new);
    }

    @Override
    public void doubt(long project, String link) {
        doubted.put(link, slots.get(link).at());
    }

    @Override
    public void verified(long project, Instant begun) {
        doubted.values().removeIf(begun::isAfter);
    }

    @Override
    public Optional<Map<TableName, CarriedTable>> tables(long project, String link) {
        return Optional.ofNullable(tables.get(link));
    }

    @Override
    public void keepTables(long project, String link, Map<TableName, CarriedTable> kept) {
        tables.put(link, kept);
    }

    @Override
    public Optional<List<MarkedTable>> marks(long project, String link) {
        return Optional.ofNullable(marks.get(link));
    }

    @Override
    public void keepMarks(long project, String link, List<MarkedTable> kept) {
        marks.put(link, kept);
    }

    @Override
    public void addMarks(long project, String link, List<MarkedTable> added) {
        marks.merge(link, added, MemoryLinkRecords::merged);
    }

    private static List<MarkedTable> merged(List<MarkedTable> before, List<MarkedTable> added) {
        Map<Long, MarkedTable> all = new HashMap<>(MarkedTable.byOid(before));
        all.putAll(MarkedTable.byOid(added));
        return List.copyOf(all.values());
    }

    @Override
    public void forget(long project) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<KnownSubscriber> subscriber(long project, String link) {
        return Optional.ofNullable(subscribers.get(link));
    }

    @Override
    public void keepSubscriber(long project, String link, KnownSubscriber subscriber) {
        subscribers.put(link, subscriber);
    }

    @Override
    public Optional<KnownSubscription> subscription(long project, String link) {
        return Optional.ofNullable(subscriptions.get(link));
    }

    @Override
    public void keepSubscription(long project, String link, KnownSubscription subscription) {
        subscriptions.put(link, subscription);
    }
}
