package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Makes slots and subscriptions, and notes each link as it was made. */
final class Subscribe extends ReplicateStep {

    /** Creating the slot waits for every transaction that is open on the source. */
    private static final Duration SLOT = Duration.ofHours(24);

    private final PublicationWriters writers;

    Subscribe(ForwardLinks links) {
        super(links, "subscribe", SLOT);
        this.writers = new PublicationWriters(links);
    }

    @Override
    public String sentence() {
        return "Subscribe the target; PostgreSQL copies every table and then follows.";
    }

    @Override
    public StepOutcome perform(RunContext run) {
        Map<String, String> notes = new HashMap<>();
        for (String database : links.databases()) {
            String name = links.name(database);
            if (links.onServers().subscription(links.target(database), name).isEmpty()) {
                // on its own, because CREATE SUBSCRIPTION cut halfway would leave a slot that nobody owns
                links.records().begins(links.project().id(), name);
                links.onServers().createSlot(links.source(database), name);
                notes.putAll(note(database)); // before anybody reads from it
                links.onServers()
                        .subscribe(
                                links.target(database),
                                new SubscriptionDefinition(
                                        name,
                                        links.project().source().peer(),
                                        database,
                                        name,
                                        name,
                                        true,
                                        false,
                                        true,
                                        links.project().settings().binaryCopy()));
            }
            links.subscriptions().begin(links.target(database), name);
            rememberSubscriber(database);
        }
        return StepOutcome.done("The target is subscribed; the initial copy runs.", notes);
    }

    /**
     * What the link is as it was made: its tables among the records of links, who wrote its publication as a fact. What is
     * done to it while tables are copied, for days maybe, would be taken for how it was made otherwise.
     */
    private Map<String, String> note(String database) {
        String name = links.name(database);
        links.records()
                .keepTables(
                        links.project().id(),
                        name,
                        CarriedTable.prepared(
                                links.onServers().published(links.source(database), name),
                                links.onServers().subscribed(links.target(database), name)));
        return writers.seen(database);
    }

    /** So that the slots of its copies are told from others' should it be gone before they are. */
    private void rememberSubscriber(String database) {
        String name = links.name(database);
        links.onTarget(database, session -> KnownSubscriber.of(links.onServers(), session, name))
                .ifPresent(subscriber ->
                        links.records().keepSubscriber(links.project().id(), name, subscriber));
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    /** The guard has seen these tables empty: what is in them came from the copy. */
    @Override
    public void undo(RunContext run) {
        for (String database : links.databases()) {
            links.drop(database);
            links.onTarget(database, session -> {
                links.ports()
                        .servers()
                        .targetCleaning()
                        .truncate(
                                session,
                                Replicate.replicated(links.ports().servers().catalog(), session, false).stream()
                                        .map(TableFacts::name)
                                        .toList());
                return database;
            });
        }
    }
}
