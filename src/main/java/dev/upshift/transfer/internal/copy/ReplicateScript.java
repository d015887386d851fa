package dev.upshift.transfer.internal.copy;

import dev.upshift.check.Finding;
import dev.upshift.check.replication.AlwaysTriggers;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.SimpleStep;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.Catalog.TableFacts;
import dev.upshift.postgres.CopyAnew;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.LinkBarrier;
import dev.upshift.postgres.LinkBarrier.Reading;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.LinkObjects.Published;
import dev.upshift.postgres.LinkObjects.Subscribed;
import dev.upshift.postgres.Links.SubscribedTable;
import dev.upshift.postgres.Links.SubscriptionDefinition;
import dev.upshift.postgres.Links.SubscriptionState;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.SlotObservation;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.CarriedLink;
import dev.upshift.transfer.link.KnownSubscriptions;
import dev.upshift.transfer.link.LinkCleaning;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The steps of replicate, with their sessions. From the subscription on, a failure waits instead of undoing the copy. */
final class ReplicateScript implements Script {

    private static final Duration SHORTLY = Duration.ofMinutes(5);

    /** Creating the slot waits for every transaction that is open on the source. */
    private static final Duration SLOT = Duration.ofHours(24);

    /** A copy of terabytes takes days; only a person ends it. */
    private static final Duration COPY = Duration.ofDays(60);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration BARRIER = Duration.ofMinutes(1);
    private static final Duration BARRIER_POLL = Duration.ofMillis(20);

    /** Fact: who wrote the row of the publication when its slot was made, by database. */
    private static final String WRITER = "publication.";

    /** What only a copy brings back. */
    private static final Set<Reason> LEFT_OUT = EnumSet.of(Reason.TAKEN_OUT, Reason.PUT_BACK, Reason.MADE_AGAIN);

    private final Project project;
    private final Ports ports;
    private final LinkBarrier barrier;
    private final LinkCleaning cleaning;
    private final SessionPool pool;
    private final FailedCopies failedCopies;
    private final FirstMarks marks;
    private final List<String> doubts = new CopyOnWriteArrayList<>();

    ReplicateScript(Project project, Ports ports) {
        this.project = project;
        this.ports = ports;
        this.pool = new SessionPool(ports, project, PostgresSessions.LONG);
        this.marks = new FirstMarks(project, ports, pool);
        this.barrier =
                new LinkBarrier(ports.servers().helperSchema(), ports.servers().links(), ports.waiting());
        this.cleaning =
                new LinkCleaning(ports.servers().links(), ports.servers().helperSchema());
        this.failedCopies = new FailedCopies(ports.servers().workerErrors());
    }

    @Override
    public List<Step> steps() {
        return List.of(
                SimpleStep.step(
                                "create-helper-schema",
                                "Create the schema " + HelperSchema.NAME + " with its sentinel table on both sides.",
                                run -> createHelperSchema())
                        .undoneBy(run -> dropHelperSchema()),
                SimpleStep.step("publish", "Publish every table of the source by name.", run -> publish())
                        .within(SHORTLY)
                        .undoneBy(run -> dropLinks()),
                SimpleStep.step(
                                "subscribe",
                                "Subscribe the target; PostgreSQL copies every table and then follows.",
                                run -> subscribe())
                        .within(SLOT)
                        .undoneBy(run -> emptyTarget()),
                SimpleStep.step("copy-tables", "Wait until every table is copied and follows.", this::copied)
                        .within(COPY)
                        .keptOnFailure(),
                SimpleStep.step(
                                "build-held-back",
                                "Build the indexes, constraints and triggers that were held back, %d at a time."
                                        .formatted(project.settings().copyJobs()),
                                this::buildHeldBack)
                        .within(COPY)
                        .keptOnFailure(),
                SimpleStep.step("analyze", "ANALYZE the target: statistics are not replicated.", run -> analyze())
                        .within(COPY)
                        .keptOnFailure(),
                SimpleStep.step(
                                "see-link",
                                "See a sentinel written on the source arrive on the target.",
                                run -> seeLink())
                        .within(SHORTLY)
                        .keptOnFailure(),
                SimpleStep.step(
                                "record-phase",
                                "See that no table has left the link since it was made, and record that the target follows.",
                                this::recordPhase)
                        .within(SHORTLY)
                        .keptOnFailure());
    }

    @Override
    public String success() {
        return "The target follows the source; indexes and constraints are built, statistics are fresh."
                + String.join("", doubts);
    }

    private String link(String database) {
        return LinkNames.link(project.slug(), database, Direction.FORWARD);
    }

    private void onBoth(String database, java.util.function.Consumer<dev.upshift.postgres.PostgresSession> work) {
        for (Side side : Side.values()) {
            pool.reliably(side, database, Role.WORK, session -> {
                work.accept(session);
                return database;
            });
        }
    }

    private StepOutcome createHelperSchema() {
        project.databases().forEach(database -> onBoth(database, ports.servers().helperSchema()::create));
        return StepOutcome.done("The helper schema is on both sides.");
    }

    private void dropHelperSchema() {
        project.databases().forEach(database -> onBoth(database, ports.servers().helperSchema()::drop));
    }

    private StepOutcome publish() {
        int count = 0;
        for (String database : project.databases()) {
            List<TableName> tables = published(database);
            ports.servers().links().publish(pool.work(Side.SOURCE, database), link(database), tables);
            marks.begin(database); // before anything is copied
            count += tables.size();
        }
        return StepOutcome.done(count + " tables are published, the sentinel included.");
    }

    private List<TableName> published(String database) {
        List<TableName> tables = new ArrayList<>();
        Replicate.replicated(ports.servers().catalog(), pool.work(Side.SOURCE, database), false).stream()
                .map(TableFacts::name)
                .forEach(tables::add);
        tables.add(HelperSchema.SENTINEL);
        return tables;
    }

    private KnownSubscriptions subscriptions() {
        return new KnownSubscriptions(ports.servers().links(), ports.records().links(), project.id());
    }

    private void dropLinks() {
        project.databases().forEach(database -> cleaning.dropLink(pool, project, database, Direction.FORWARD));
    }

    private StepOutcome subscribe() {
        Map<String, String> notes = new HashMap<>();
        for (String database : project.databases()) {
            String name = link(database);
            if (ports.servers()
                    .links()
                    .subscription(pool.work(Side.TARGET, database), name)
                    .isEmpty()) {
                // on its own, because CREATE SUBSCRIPTION cut halfway would leave a slot that nobody owns
                ports.records().links().begins(project.id(), name);
                ports.servers().links().createSlot(pool.work(Side.SOURCE, database), name);
                notes.putAll(note(database)); // before anybody reads from it
                ports.servers()
                        .links()
                        .subscribe(
                                pool.work(Side.TARGET, database),
                                new SubscriptionDefinition(
                                        name,
                                        project.source().peer(),
                                        database,
                                        name,
                                        name,
                                        true,
                                        false,
                                        true,
                                        project.settings().binaryCopy()));
            }
            subscriptions().begin(pool.work(Side.TARGET, database), name);
            rememberSubscriber(database);
        }
        return StepOutcome.done("The target is subscribed; the initial copy runs.", notes);
    }

    /**
     * What the link is as it was made: its tables among the records of links, who wrote its publication as a fact. What is
     * done to it while tables are copied, for days maybe, would be taken for how it was made otherwise.
     */
    private Map<String, String> note(String database) {
        String name = link(database);
        ports.records()
                .links()
                .keepTables(
                        project.id(),
                        name,
                        CarriedTable.prepared(
                                ports.servers().links().published(pool.work(Side.SOURCE, database), name),
                                ports.servers().links().subscribed(pool.work(Side.TARGET, database), name)));
        return writer(ports.servers().links().observe(pool.work(Side.SOURCE, database), name))
                .map(writer -> Map.of(WRITER + database, writer))
                .orElse(Map.of());
    }

    private static Optional<String> writer(Optional<SlotObservation> slot) {
        return slot.map(SlotObservation::publication);
    }

    /** So that the slots of its copies are told from others' should it be gone before they are. */
    private void rememberSubscriber(String database) {
        String name = link(database);
        pool.reliably(
                        Side.TARGET,
                        database,
                        Role.WORK,
                        session -> KnownSubscriber.of(ports.servers().links(), session, name))
                .ifPresent(subscriber -> ports.records().links().keepSubscriber(project.id(), name, subscriber));
    }

    /** The guard has seen these tables empty: what is in them came from the copy. */
    private void emptyTarget() {
        for (String database : project.databases()) {
            cleaning.dropLink(pool, project, database, Direction.FORWARD);
            pool.reliably(Side.TARGET, database, Role.WORK, session -> {
                ports.servers()
                        .targetCleaning()
                        .truncate(
                                session,
                                Replicate.replicated(ports.servers().catalog(), session, false).stream()
                                        .map(TableFacts::name)
                                        .toList());
                return database;
            });
        }
    }

    private StepOutcome copied(RunContext run) {
        int all = 0;
        int ready = 0;
        List<String> reasons = new ArrayList<>();
        for (String database : project.databases()) {
            String name = link(database);
            List<SubscribedTable> tables = pool.reliably(
                    Side.TARGET,
                    database,
                    Role.WORK,
                    session -> ports.servers().links().subscribedTables(session, name));
            if (ports.servers()
                    .links()
                    .slot(pool.work(Side.SOURCE, database), name)
                    .isEmpty()) {
                return StepOutcome.failed("The slot " + name + " is gone from the source; the copy cannot go on.");
            }
            all += tables.size();
            ready += (int) tables.stream().filter(SubscribedTable::isReady).count();
            Optional<SubscriptionState> state = pool.reliably(
                    Side.TARGET,
                    database,
                    Role.WORK,
                    session -> ports.servers().links().subscription(session, name));
            if (state.isEmpty()) {
                return StepOutcome.failed("The subscription " + name + " has been dropped by somebody else.");
            }
            if (!state.get().enabled()) {
                return StepOutcome.failed(("Replication of %s is stopped on the target, by an error or by somebody. %s"
                                + " Remove the cause, then ALTER SUBSCRIPTION %s ENABLE.")
                        .formatted(
                                database,
                                pool.reliably(
                                        Side.TARGET,
                                        database,
                                        Role.WORK,
                                        session -> ports.servers()
                                                .workerErrors()
                                                .told(session, name)
                                                .ofApply()),
                                name));
            }
            if (!tables.stream().allMatch(SubscribedTable::isReady)) {
                pool.reliably(Side.TARGET, database, Role.WORK, session -> failedCopies.look(session, database, name))
                        .ifPresent(reasons::add);
            }
        }
        run.stopIfAborted();
        if (all > 0 && ready == all) {
            project.databases().forEach(this::noteCopies);
            return StepOutcome.done("All %d tables are copied and follow.".formatted(all));
        }
        reasons.addFirst("%d of %d tables are ready.".formatted(ready, all));
        return StepOutcome.retry(String.join(" ", reasons), LOOK);
    }

    /** So that a table that left the link meanwhile is in order again once it is copied anew. */
    private CarriedLink noteCopies(String database) {
        String name = link(database);
        Published published = pool.reliably(
                Side.SOURCE,
                database,
                Role.WORK,
                session -> ports.servers().links().published(session, name));
        Subscribed subscribed = pool.reliably(
                Side.TARGET,
                database,
                Role.WORK,
                session -> ports.servers().links().subscribed(session, name));
        Optional<Map<TableName, CarriedTable>> known = ports.records()
                .links()
                .tables(project.id(), name)
                .map(noted -> CarriedTable.withCopies(noted, published, subscribed));
        known.ifPresent(tables -> ports.records().links().keepTables(project.id(), name, tables));
        return CarriedLink.of(database, Side.SOURCE, name, published, subscribed, known, false);
    }

    private StepOutcome buildHeldBack(RunContext run) {
        int built = 0;
        List<String> resting = new ArrayList<>();
        for (String database : project.databases()) {
            Optional<SchemaArchive> archive = ports.records().heldBack().find(project.id(), database);
            if (archive.isPresent()) {
                List<String> firing = build(database, archive.get(), run);
                resting.addAll(firing);
                if (firing.isEmpty()) {
                    built += archive.get().heldBackCount();
                    ports.records().heldBack().forget(project.id(), database);
                }
            }
        }
        return resting.isEmpty()
                ? StepOutcome.done(built + " indexes, constraints and triggers are built.")
                : StepOutcome.failed("All is built. " + rests(resting));
    }

    private static String rests(List<String> firing) {
        return "%s Replication rests there until then, and the source keeps its log."
                .formatted(String.join(" ", firing));
    }

    /** Apply rests meanwhile: a foreign key being built and apply can deadlock, and the loser may be apply. */
    private List<String> build(String database, SchemaArchive archive, RunContext run) {
        subscriptions().beforeAltering(pool.work(Side.TARGET, database), link(database));
        ports.servers().links().disable(pool.work(Side.TARGET, database), link(database));
        try {
            ports.servers()
                    .schemaCopy()
                    .buildHeldBack(
                            archive,
                            project.target().endpoint(),
                            database,
                            project.settings().copyJobs(),
                            run::progress);
        } catch (RuntimeException failed) {
            List<String> firing = goOn(database);
            if (!firing.isEmpty()) {
                throw new IllegalStateException(Reasons.of(failed) + " " + rests(firing), failed);
            }
            throw failed;
        }
        return goOn(database);
    }

    /**
     * Lets apply go on, unless a trigger that was built fires for what it brings: it was copied as it was then, whatever
     * has been done to it on the source since the schema was copied.
     *
     * @return what keeps it from going on
     */
    private List<String> goOn(String database) {
        return pool.reliably(Side.TARGET, database, Role.WORK, session -> {
            List<String> firing =
                    AlwaysTriggers.unaccepted(project, ports.servers().catalog(), Side.TARGET, database, session)
                            .stream()
                            .map(Finding::sentence)
                            .toList();
            if (firing.isEmpty()) {
                marks.noteCopies(session, database);
                subscriptions().beforeAltering(session, link(database));
                ports.servers().links().enable(session, link(database));
            }
            return firing;
        });
    }

    private StepOutcome analyze() {
        for (String database : project.databases()) {
            pool.reliably(Side.TARGET, database, Role.WORK, session -> {
                ports.servers().statistics().analyze(session);
                return database;
            });
        }
        return StepOutcome.done("The target's statistics are fresh.");
    }

    private StepOutcome seeLink() {
        for (String database : project.databases()) {
            Reading reading = barrier.await(
                    pool.work(Side.SOURCE, database),
                    pool.work(Side.TARGET, database),
                    BARRIER,
                    BARRIER_POLL,
                    () -> true);
            if (!reading.reached()) {
                return StepOutcome.retry(
                        "%s: what was written up to %s is not on the target yet.".formatted(database, reading.end()),
                        LOOK);
            }
        }
        return StepOutcome.done("What is written on the source arrives on the target.");
    }

    /**
     * So that a slot or a table that is made again later is told from the one that was used to copy.
     *
     * @return which tables are not sent as they were when the link was made, in sentences
     */
    private List<String> remember(RunContext run, String database) {
        String name = link(database);
        ports.records().links().begins(project.id(), name);
        Optional<SlotObservation> slot = pool.reliably(
                Side.SOURCE,
                database,
                Role.WORK,
                session -> ports.servers().links().observe(session, name));
        slot.ifPresent(seen -> ports.records().links().see(project.id(), name, seen));
        CarriedLink link = noteCopies(database);
        List<String> wrong = new ArrayList<>(link.ends());
        wrong.addAll(link.objections(LEFT_OUT));
        if (wrong.isEmpty()) {
            ports.records()
                    .links()
                    .keepTables(
                            project.id(),
                            name,
                            CarriedTable.known(
                                    ports.records()
                                            .links()
                                            .tables(project.id(), name)
                                            .orElse(Map.of()),
                                    link.published(),
                                    link.subscribed()));
        }
        String noted = run.facts().get(WRITER + database);
        if (noted != null && !writer(slot).equals(Optional.of(noted))) {
            ports.records().links().doubt(project.id(), name);
            doubts.add(altered(database, name));
        }
        pool.reliably(
                        Side.TARGET,
                        database,
                        Role.WORK,
                        session -> subscriptions().objection(session, database, name, Side.SOURCE))
                .ifPresent(objection -> doubts.add(" " + objection + " No cutover before that."));
        return wrong;
    }

    private static String altered(String database, String publication) {
        return (" %s: the publication %s on the source was altered after it was made, even if it was put back: what was written"
                        + " there meanwhile may be missing on the target. Verify: if all tables are equal, nothing is."
                        + " Otherwise %s. No cutover before that.")
                .formatted(database, publication, CopyAnew.THOSE_THAT_DIFFER);
    }

    private StepOutcome recordPhase(RunContext run) {
        doubts.clear();
        List<String> wrong = project.databases().stream()
                .flatMap(database -> remember(run, database).stream())
                .toList();
        if (!wrong.isEmpty()) {
            return StepOutcome.failed("Since the link was made: " + String.join(" ", wrong));
        }
        if (ports.projects().get(project.slug()).phase() != Phase.REPLICATING) {
            ports.projects().transition(project.slug(), Phase.REPLICATING, Side.SOURCE);
        }
        return StepOutcome.done("The target follows the source." + String.join("", doubts));
    }

    @Override
    public void close() {
        pool.close();
    }
}
