package dev.upshift.matrix;

import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.LinkObjects.Kind;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.PublishedObject;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.postgres.link.LinkObjects.SubscribedObject;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.Home;
import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.Links.SubscribedTable;
import dev.upshift.postgres.link.Links.Subscriber;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.link.TableMark.Added;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Links by the rules of PostgreSQL; what takes several commands can be interrupted between them. */
final class SimulatedLinks implements Links {

    private final ControlPlane plane;

    SimulatedLinks(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public void publish(PostgresSession session, String publication, List<TableName> tables) {
        db(session).publications.put(publication, List.copyOf(tables));
    }

    @Override
    public List<TableName> publishedTables(PostgresSession session, String publication) {
        return db(session).publications.getOrDefault(publication, List.of());
    }

    @Override
    public List<TableName> sentTables(PostgresSession session, String publication) {
        return publishedTables(session, publication);
    }

    @Override
    public Published published(PostgresSession session, String publication) {
        List<TableName> sent = publishedTables(session, publication);
        return new Published(
                hasPublication(session, publication),
                false,
                objects(session)
                        .map(name -> new PublishedObject(
                                name,
                                name.hashCode(),
                                kind(session, name),
                                false,
                                sent.contains(name) ? "by name " + db(session).entry : null,
                                false))
                        .toList());
    }

    @Override
    public String publishedDigest(PostgresSession session, String publication) {
        return published(session, publication).toString();
    }

    @Override
    public String publicationDigest(PostgresSession session, String publication) {
        return hasPublication(session, publication)
                ? "%s/%s %s".formatted(writer(session), publishedTables(session, publication), db(session).entry)
                : "";
    }

    private static String writer(PostgresSession session) {
        return "altered " + db(session).alterations;
    }

    @Override
    public Subscribed subscribed(PostgresSession session, String name) {
        Optional<Subscription> there =
                Optional.ofNullable(db(session).subscriptions.get(name));
        Map<TableName, @Nullable Long> tables =
                there.map(subscription -> subscription.tables).orElse(Map.of());
        return new Subscribed(
                there.map(subscription -> subscription.oid).orElse(0L),
                there.filter(subscription -> subscription.enabled).isPresent(),
                there.filter(subscription -> name.equals(subscription.slot)).isPresent(),
                objects(session)
                        .map(object -> new SubscribedObject(
                                object,
                                object.hashCode(),
                                kind(session, object),
                                false,
                                tables.containsKey(object) ? tables.get(object) == null ? "d" : "r" : null,
                                null))
                        .toList());
    }

    @Override
    public String subscribedDigest(PostgresSession session, String subscription) {
        return subscribed(session, subscription)
                + Optional.ofNullable(db(session).subscriptions.get(subscription))
                        .map(there -> " " + there.writer)
                        .orElse("");
    }

    @Override
    public String snapshot(PostgresSession session) {
        return String.valueOf(db(session).columnChanges.size());
    }

    @Override
    public List<TableName> rewrittenTables(PostgresSession session, String since) {
        List<TableName> changes = db(session).columnChanges;
        return List.copyOf(changes.subList(Integer.parseInt(since), changes.size()));
    }

    @Override
    public List<TableMark> marks(PostgresSession session) {
        return db(session).tables.keySet().stream()
                .filter(table -> !table.schema().equals(HelperSchema.NAME))
                .map(table -> new TableMark(
                        table, table.hashCode(), false, table.hashCode(), 1, "", "", "", "", Added.NOTHING))
                .toList();
    }

    private static Stream<TableName> objects(PostgresSession session) {
        return Stream.concat(
                db(session).tables.keySet().stream()
                        .filter(table -> !table.schema().equals(HelperSchema.NAME)),
                db(session).sequences.keySet().stream().map(name -> new TableName("public", name)));
    }

    private static Kind kind(PostgresSession session, TableName name) {
        return db(session).tables.containsKey(name) ? Kind.TABLE : Kind.SEQUENCE;
    }

    @Override
    public Optional<SlotObservation> observe(PostgresSession session, String name) {
        return Optional.ofNullable(server(session).slots.get(name))
                .map(slot -> new SlotObservation(
                        plane.world().clock.instant(),
                        slot.database,
                        "pgoutput",
                        new Lsn(server(session).end() + 1),
                        new Lsn(slot.durable),
                        new Lsn(slot.confirmed),
                        null,
                        null,
                        null,
                        hasPublication(session, name) ? writer(session) : "none"));
    }

    @Override
    public boolean hasPublication(PostgresSession session, String publication) {
        return db(session).publications.containsKey(publication);
    }

    @Override
    public void dropPublication(PostgresSession session, String publication) {
        db(session).publications.remove(publication);
    }

    @Override
    public void createSlot(PostgresSession session, String slot) {
        Server server = server(session);
        server.slots.computeIfAbsent(slot, name -> new Slot(name, session.database(), server.end()));
    }

    @Override
    public Lsn advanceSlot(PostgresSession session, String name, Lsn to) {
        Slot slot = server(session).slots.get(name);
        if (slot == null) {
            throw new IllegalStateException("There is no replication slot " + name + " to advance.");
        }
        if (isActive(name)) {
            throw new IllegalStateException("replication slot \"" + name + "\" is active");
        }
        slot.confirmed =
                Math.max(slot.confirmed, Math.min(to.value(), server(session).end()));
        return new Lsn(slot.confirmed);
    }

    private boolean isActive(String slot) {
        return plane.world().servers().stream()
                .flatMap(server -> server.databases.values().stream())
                .flatMap(database -> database.subscriptions.values().stream())
                .anyMatch(subscription -> subscription.works() && slot.equals(subscription.slot));
    }

    @Override
    public Optional<SlotState> slot(PostgresSession session, String slot) {
        return Optional.ofNullable(server(session).slots.get(slot)).map(found -> state(session, found));
    }

    @Override
    public List<SlotState> slotsBeginning(PostgresSession session, String prefix) {
        return server(session).slots.values().stream()
                .filter(slot -> slot.name.startsWith(prefix))
                .map(slot -> state(session, slot))
                .toList();
    }

    private SlotState state(PostgresSession session, Slot slot) {
        ByteCount behind = new ByteCount(server(session).end() - slot.confirmed);
        return new SlotState(
                slot.name,
                slot.database,
                isActive(slot.name),
                isActive(slot.name) ? 1 : null,
                new Lsn(slot.confirmed),
                behind,
                behind,
                WalStatus.RESERVED);
    }

    @Override
    public boolean dropSlot(PostgresSession session, String slot) {
        return server(session).slots.remove(slot) != null;
    }

    @Override
    public Lsn insertPosition(PostgresSession session) {
        return new Lsn(server(session).end());
    }

    @Override
    public Lsn writePosition(PostgresSession session) {
        return insertPosition(session);
    }

    @Override
    public Lsn flush(PostgresSession session) {
        server(session).flush();
        return insertPosition(session);
    }

    @Override
    public void subscribe(PostgresSession session, SubscriptionDefinition definition) {
        if (db(session).subscriptions.containsKey(definition.name())) {
            return;
        }
        Server publisher = plane.world().at(definition.publisher());
        Subscription subscription =
                new Subscription(definition, 16_000L + server(session).nextPid());
        publisher
                .database(definition.database())
                .publications
                .getOrDefault(definition.publication(), List.of())
                .forEach(table -> subscription.tables.put(table, definition.copyData() ? null : 0L));
        db(session).subscriptions.put(definition.name(), subscription);
    }

    @Override
    public Optional<SubscriptionState> subscription(PostgresSession session, String name) {
        return Optional.ofNullable(db(session).subscriptions.get(name))
                .map(found -> new SubscriptionState(
                        name,
                        found.oid,
                        found.enabled,
                        found.oid + "/" + found.slot,
                        String.valueOf(found.writer),
                        found.ours,
                        found.works() ? 1 : null,
                        null,
                        null,
                        0,
                        0));
    }

    @Override
    public List<SubscribedTable> subscribedTables(PostgresSession session, String name) {
        return db(session).subscriptions.get(name).tables.entrySet().stream()
                .map(table -> new SubscribedTable(table.getKey(), table.getValue() == null ? 'd' : 'r'))
                .toList();
    }

    @Override
    public Subscriber subscriber(PostgresSession session) {
        return server(session).asSubscriber(db(session));
    }

    @Override
    public List<Home> homes(PostgresSession session, Collection<Long> databases, Collection<String> subscriptions) {
        return server(session).databases.entrySet().stream()
                .map(database -> new Home(
                        database.getValue().oid,
                        database.getKey(),
                        subscriptions.stream()
                                .filter(database.getValue().subscriptions::containsKey)
                                .collect(Collectors.toSet())))
                .filter(home ->
                        databases.contains(home.oid()) || !home.subscriptions().isEmpty())
                .toList();
    }

    @Override
    public void enable(PostgresSession session, String name) {
        Subscription subscription = existing(session, name);
        if (subscription.slot == null) {
            throw new IllegalStateException("cannot enable subscription that does not have a slot name");
        }
        subscription.enabled = true;
        subscription.alteredByUs();
    }

    @Override
    public void disable(PostgresSession session, String name) {
        Subscription subscription = existing(session, name);
        subscription.enabled = false;
        subscription.alteredByUs();
    }

    @Override
    public void refresh(PostgresSession session, String subscription, boolean copyData) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void advanceOrigin(PostgresSession session, String name, Lsn to) {
        Subscription subscription = existing(session, name);
        if (subscription.enabled) {
            throw new IllegalStateException("The subscription " + name + " is enabled.");
        }
        subscription.origin = Math.max(subscription.origin, to.value());
        server(session).flush();
    }

    @Override
    public void dropSubscription(PostgresSession session, String name) {
        Subscription subscription = db(session).subscriptions.get(name);
        if (subscription == null) {
            return;
        }
        subscription.enabled = false;
        plane.moment("within dropSubscription: disabled");
        subscription.slot = null;
        plane.moment("within dropSubscription: without slot");
        db(session).subscriptions.remove(name);
    }

    @Override
    public void probe(PostgresSession session, Endpoint publisher, String database, String publication) {
        throw new UnsupportedOperationException();
    }

    private static Subscription existing(PostgresSession session, String name) {
        Subscription subscription = db(session).subscriptions.get(name);
        if (subscription == null) {
            throw new IllegalStateException("subscription \"" + name + "\" does not exist");
        }
        return subscription;
    }

    private static Server server(PostgresSession session) {
        return ((Session) session).server;
    }

    private static Database db(PostgresSession session) {
        return ((Session) session).db();
    }
}
