package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.internal.link.ServerLinks;
import dev.upshift.postgres.internal.link.Slots;
import dev.upshift.postgres.internal.link.SubscriptionRemoval;
import dev.upshift.postgres.internal.link.Subscriptions;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.Home;
import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.Links.SubscribedTable;
import dev.upshift.postgres.link.Links.Subscriber;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Links as they would be by then: what was created is there, what was dropped is not, those that are enabled run and are
 * not behind. Names are those of our links, of which no two are the same anywhere.
 */
final class RecordingLinks implements Links {

    private final ServerLinks real;
    private final Slots slots;
    private final Subscriptions subscriptions;
    private final SubscriptionRemoval removal;
    private final Map<String, Boolean> publicationThere = new HashMap<>();
    private final Map<String, List<TableName>> published = new HashMap<>();
    private final PlannedSlots plannedSlots = new PlannedSlots();
    private final Map<String, Boolean> enabled = new HashMap<>();
    private final Set<String> subscribed = new HashSet<>();
    private final Set<String> unsubscribed = new HashSet<>();
    private final Set<Long> unsubscribedOids = new HashSet<>();

    RecordingLinks(ServerLinks real, Slots slots, Subscriptions subscriptions, SubscriptionRemoval removal) {
        this.real = real;
        this.slots = slots;
        this.subscriptions = subscriptions;
        this.removal = removal;
    }

    @Override
    public void publish(PostgresSession session, String publication, List<TableName> tables) {
        real.publish(session, publication, tables);
        publicationThere.put(publication, true);
        published.put(publication, tables);
    }

    @Override
    public List<TableName> publishedTables(PostgresSession session, String publication) {
        List<TableName> known = published.get(publication);
        return known == null ? real.publishedTables(session, publication) : known;
    }

    @Override
    public List<TableName> sentTables(PostgresSession session, String publication) {
        return real.sentTables(session, publication);
    }

    /** The guards have looked; nothing is in a plan that a later look would find. */
    @Override
    public Published published(PostgresSession session, String publication) {
        return new Published(true, false, List.of());
    }

    @Override
    public String publishedDigest(PostgresSession session, String publication) {
        return "";
    }

    @Override
    public String publicationDigest(PostgresSession session, String publication) {
        return hasPublication(session, publication) ? "as it was made" : "";
    }

    @Override
    public String snapshot(PostgresSession session) {
        return "";
    }

    @Override
    public List<TableName> rewrittenTables(PostgresSession session, String since) {
        return List.of();
    }

    @Override
    public List<TableMark> marks(PostgresSession session) {
        return List.of();
    }

    @Override
    public boolean hasPublication(PostgresSession session, String publication) {
        Boolean known = publicationThere.get(publication);
        return known == null ? real.hasPublication(session, publication) : known;
    }

    @Override
    public void dropPublication(PostgresSession session, String publication) {
        real.dropPublication(session, publication);
        publicationThere.put(publication, false);
    }

    @Override
    public void createSlot(PostgresSession session, String slot) {
        if (!plannedSlots.isCreated(slot)) {
            real.createSlot(session, slot);
            plannedSlots.create(slot);
        }
    }

    @Override
    public Optional<SlotObservation> observe(PostgresSession session, String slot) {
        return real.observe(session, slot).filter(there -> !plannedSlots.isDropped(slot));
    }

    @Override
    public Lsn advanceSlot(PostgresSession session, String slot, Lsn to) {
        slots.move(session, slot, to);
        return to;
    }

    @Override
    public Optional<SlotState> slot(PostgresSession session, String slot) {
        return slotsBeginning(session, slot).stream()
                .filter(state -> state.name().equals(slot))
                .findFirst();
    }

    @Override
    public List<SlotState> slotsBeginning(PostgresSession session, String prefix) {
        return plannedSlots.beginning(prefix, session.database(), real.slotsBeginning(session, prefix));
    }

    @Override
    public boolean dropSlot(PostgresSession session, String slot) {
        if (slot(session, slot).isEmpty()) {
            return false;
        }
        Slots.dropped(session, slot);
        plannedSlots.drop(slot);
        return true;
    }

    @Override
    public Lsn insertPosition(PostgresSession session) {
        return real.insertPosition(session);
    }

    @Override
    public Lsn writePosition(PostgresSession session) {
        return real.writePosition(session);
    }

    @Override
    public Lsn flush(PostgresSession session) {
        return real.flush(session);
    }

    @Override
    public void subscribe(PostgresSession session, SubscriptionDefinition definition) {
        real.subscribe(session, definition);
        subscribed.add(definition.name());
        unsubscribed.remove(definition.name());
        enabled.put(definition.name(), definition.enabled());
    }

    @Override
    public Optional<SubscriptionState> subscription(PostgresSession session, String subscription) {
        if (unsubscribed.contains(subscription)) {
            return Optional.empty();
        }
        if (subscribed.contains(subscription)) {
            return Optional.of(running(subscription, 0, enabled.getOrDefault(subscription, false)));
        }
        return real.subscription(session, subscription)
                .map(state -> running(subscription, state.oid(), enabled.getOrDefault(subscription, state.enabled())));
    }

    private static SubscriptionState running(String name, long oid, boolean enabled) {
        return new SubscriptionState(name, oid, enabled, "", "", true, enabled ? 0 : null, null, null, 0, 0);
    }

    /** The copy is over by then. */
    @Override
    public List<SubscribedTable> subscribedTables(PostgresSession session, String subscription) {
        return subscribed.contains(subscription)
                ? List.of(new SubscribedTable(HelperSchema.SENTINEL, 'r'))
                : subscriptions.tables(session, subscription).stream()
                        .map(table -> new SubscribedTable(table.name(), 'r'))
                        .toList();
    }

    @Override
    public Subscribed subscribed(PostgresSession session, String subscription) {
        return new Subscribed(1, true, true, List.of());
    }

    @Override
    public String subscribedDigest(PostgresSession session, String subscription) {
        return "";
    }

    @Override
    public void enable(PostgresSession session, String subscription) {
        real.enable(session, subscription);
        enabled.put(subscription, true);
    }

    @Override
    public void disable(PostgresSession session, String subscription) {
        real.disable(session, subscription);
        enabled.put(subscription, false);
    }

    @Override
    public void refresh(PostgresSession session, String subscription, boolean copyData) {
        real.refresh(session, subscription, copyData);
    }

    /** Those that are made in a plan have no oid yet, and no slots of copies. */
    @Override
    public Subscriber subscriber(PostgresSession session) {
        Subscriber real = this.real.subscriber(session);
        Set<Long> left = new HashSet<>(real.subscriptions());
        left.removeAll(unsubscribedOids);
        return new Subscriber(real.systemIdentifier(), real.database(), left);
    }

    @Override
    public List<Home> homes(PostgresSession session, Collection<Long> databases, Collection<String> subscriptions) {
        return real.homes(session, databases, subscriptions);
    }

    @Override
    public void advanceOrigin(PostgresSession session, String subscription, Lsn to) {
        String origin = subscription(session, subscription)
                .map(SubscriptionState::oid)
                .filter(oid -> oid != 0)
                .map(String::valueOf)
                .orElse("⟨its oid⟩");
        Subscriptions.moveOrigin(session, "pg_" + origin, to);
    }

    @Override
    public void dropSubscription(PostgresSession session, String subscription) {
        Optional<SubscriptionState> there = subscription(session, subscription);
        if (there.isPresent()) {
            removal.detachAndDrop(session, subscription);
            unsubscribedOids.add(there.get().oid());
            subscribed.remove(subscription);
            unsubscribed.add(subscription);
        }
    }

    /** Guards do that, with sessions of their own. */
    @Override
    public void probe(PostgresSession session, Endpoint publisher, String database, String publication) {
        throw new UnsupportedOperationException("No step probes a link");
    }
}
