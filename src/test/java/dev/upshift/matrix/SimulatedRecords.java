package dev.upshift.matrix;

import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MarkedTable;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the metadata database remembers of links; a doubt is remembered where a run leaves it. */
final class SimulatedRecords implements LinkRecords {

    private final World world;

    SimulatedRecords(World world) {
        this.world = world;
    }

    @Override
    public void begins(long project, String link) {
        world.knownSlots.remove(link);
        world.doubted.remove(link);
    }

    @Override
    public Optional<Doubt> see(long project, String link, SlotObservation slot) {
        SlotObservation before = world.knownSlots.put(link, slot);
        if (world.doubted.contains(link)) {
            return Optional.of(new Doubt(slot.at()));
        }
        return before == null || (slot.continues(before) && slot.publishesAs(before))
                ? Optional.empty()
                : Optional.of(new Doubt(slot.at()));
    }

    @Override
    public void doubt(long project, String link) {
        world.doubted.add(link);
    }

    @Override
    public void verified(long project, Instant begun) {
        world.doubted.clear();
    }

    @Override
    public Optional<Map<TableName, CarriedTable>> tables(long project, String link) {
        return Optional.ofNullable(world.knownTables.get(link));
    }

    @Override
    public Optional<KnownSubscriber> subscriber(long project, String link) {
        return Optional.ofNullable(world.knownSubscribers.get(link));
    }

    @Override
    public void keepSubscriber(long project, String link, KnownSubscriber subscriber) {
        world.knownSubscribers.put(link, subscriber);
    }

    @Override
    public Optional<KnownSubscription> subscription(long project, String link) {
        return Optional.ofNullable(world.knownSubscriptions.get(link));
    }

    @Override
    public void keepSubscription(long project, String link, KnownSubscription subscription) {
        world.knownSubscriptions.put(link, subscription);
    }

    @Override
    public void keepTables(long project, String link, Map<TableName, CarriedTable> tables) {
        world.knownTables.put(link, tables);
    }

    @Override
    public Optional<List<MarkedTable>> marks(long project, String link) {
        return Optional.ofNullable(world.knownMarks.get(link));
    }

    @Override
    public void keepMarks(long project, String link, List<MarkedTable> marks) {
        world.knownMarks.put(link, marks);
    }

    @Override
    public void addMarks(long project, String link, List<MarkedTable> marks) {
        Map<Long, MarkedTable> known = new TreeMap<>(MarkedTable.byOid(world.knownMarks.getOrDefault(link, List.of())));
        known.putAll(MarkedTable.byOid(marks));
        world.knownMarks.put(link, List.copyOf(known.values()));
    }

    @Override
    public void forget(long project) {
        world.knownTables.clear();
        world.knownMarks.clear();
        world.knownSubscribers.clear();
        world.knownSubscriptions.clear();
    }
}
