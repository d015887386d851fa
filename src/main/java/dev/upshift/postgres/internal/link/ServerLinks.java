package dev.upshift.postgres.internal.link;

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
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The front of the parts that links are made of. */
@Component
public class ServerLinks implements Links {

    private static final String FLUSH =
            "select pg_logical_emit_message(true, 'upshift', set_config('synchronous_commit', 'local', true))::text";

    private final Publications publications;
    private final Slots slots;
    private final Subscriptions subscriptions;
    private final SubscriptionCreation creation;
    private final SubscriptionRemoval removal;
    private final LinkLooks looks = new LinkLooks();

    ServerLinks(
            Publications publications,
            Slots slots,
            Subscriptions subscriptions,
            SubscriptionCreation creation,
            SubscriptionRemoval removal) {
        this.publications = publications;
        this.slots = slots;
        this.subscriptions = subscriptions;
        this.creation = creation;
        this.removal = removal;
    }

    @Override
    public void publish(PostgresSession session, String publication, List<TableName> tables) {
        publications.publish(session, publication, tables);
    }

    @Override
    public List<TableName> publishedTables(PostgresSession session, String publication) {
        return publications.tables(session, publication);
    }

    @Override
    public List<TableName> sentTables(PostgresSession session, String publication) {
        return publications.sentTables(session, publication);
    }

    @Override
    public Published published(PostgresSession session, String publication) {
        return looks.published(session, publication);
    }

    @Override
    public String publishedDigest(PostgresSession session, String publication) {
        return looks.publishedDigest(session, publication);
    }

    @Override
    public String publicationDigest(PostgresSession session, String publication) {
        return looks.publicationDigest(session, publication);
    }

    @Override
    public String snapshot(PostgresSession session) {
        return looks.snapshot(session);
    }

    @Override
    public List<TableName> rewrittenTables(PostgresSession session, String since) {
        return looks.rewrittenTables(session, since);
    }

    @Override
    public List<TableMark> marks(PostgresSession session) {
        return looks.marks(session);
    }

    @Override
    public boolean hasPublication(PostgresSession session, String publication) {
        return publications.exists(session, publication);
    }

    @Override
    public void dropPublication(PostgresSession session, String publication) {
        publications.drop(session, publication);
    }

    @Override
    public void createSlot(PostgresSession session, String slot) {
        slots.create(session, slot);
    }

    @Override
    public Optional<SlotObservation> observe(PostgresSession session, String slot) {
        return looks.slot(session, slot);
    }

    @Override
    public Lsn advanceSlot(PostgresSession session, String slot, Lsn to) {
        return slots.advance(session, slot, to);
    }

    @Override
    public Optional<SlotState> slot(PostgresSession session, String slot) {
        return slots.state(session, slot);
    }

    @Override
    public List<SlotState> slotsBeginning(PostgresSession session, String prefix) {
        return slots.beginning(session, prefix);
    }

    @Override
    public boolean dropSlot(PostgresSession session, String slot) {
        return slots.drop(session, slot);
    }

    @Override
    public Lsn insertPosition(PostgresSession session) {
        return position(session, "select pg_current_wal_insert_lsn()::text");
    }

    @Override
    public Lsn writePosition(PostgresSession session) {
        return position(session, "select pg_current_wal_lsn()::text");
    }

    /** A transactional message is no change of any table; a link that does not ask for messages never sends it. */
    @Override
    public Lsn flush(PostgresSession session) {
        session.change().sql(FLUSH).query().listOfRows();
        return position(session, "select pg_current_wal_flush_lsn()::text");
    }

    @Override
    public void subscribe(PostgresSession session, SubscriptionDefinition definition) {
        creation.subscribe(session, definition);
    }

    @Override
    public Optional<SubscriptionState> subscription(PostgresSession session, String subscription) {
        return subscriptions.state(session, subscription);
    }

    @Override
    public List<SubscribedTable> subscribedTables(PostgresSession session, String subscription) {
        return subscriptions.tables(session, subscription);
    }

    @Override
    public Subscribed subscribed(PostgresSession session, String subscription) {
        return looks.subscribed(session, subscription);
    }

    @Override
    public String subscribedDigest(PostgresSession session, String subscription) {
        return looks.subscribedDigest(session, subscription);
    }

    @Override
    public void enable(PostgresSession session, String subscription) {
        subscriptions.enable(session, subscription);
    }

    @Override
    public void disable(PostgresSession session, String subscription) {
        removal.disable(session, subscription);
    }

    @Override
    public void refresh(PostgresSession session, String subscription, boolean copyData) {
        subscriptions.refresh(session, subscription, copyData);
    }

    @Override
    public Subscriber subscriber(PostgresSession session) {
        return subscriptions.subscriber(session);
    }

    @Override
    public List<Home> homes(PostgresSession session, Collection<Long> databases, Collection<String> subscriptions) {
        return this.subscriptions.homes(session, databases, subscriptions);
    }

    @Override
    public void advanceOrigin(PostgresSession session, String subscription, Lsn to) {
        subscriptions.advanceOrigin(session, subscription, to);
    }

    @Override
    public void dropSubscription(PostgresSession session, String subscription) {
        removal.drop(session, subscription);
    }

    @Override
    public void probe(PostgresSession session, Endpoint publisher, String database, String publication) {
        creation.probe(session, publisher, database, publication);
    }

    @Override
    public void forgetProbes() {
        creation.forgetProven();
    }

    private static Lsn position(PostgresSession session, String query) {
        return Lsn.parse(session.jdbc().sql(query).query(String.class).single());
    }
}
