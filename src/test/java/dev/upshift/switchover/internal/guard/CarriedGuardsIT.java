package dev.upshift.switchover.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.Roles;
import dev.upshift.postgres.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.Sequences;
import dev.upshift.postgres.SlotObservation;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.postgres.TargetCleaning;
import dev.upshift.postgres.UnqualifiedCalls;
import dev.upshift.postgres.WorkerErrors;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.HeldBackSchemas;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MarkedTable;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.TableName;
import dev.upshift.shared.Waiting;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.wayback.StopLink;
import dev.upshift.transfer.internal.copy.ReplicateBench;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Barrier;
import dev.upshift.verification.Verifications.Verification;
import dev.upshift.verification.internal.procedure.VerifyingBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** What is not carried, and what would stop replication in either direction, between 13 and 18. */
class CarriedGuardsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final KnownTables KNOWN = new KnownTables();

    private static LabDirectory directory;
    private static PostgresCluster source;
    private static PostgresCluster target;
    private static AnnotationConfigApplicationContext module;
    private static int databases;

    @BeforeAll
    static void start() throws IOException {
        directory = LabDirectory.create();
        CompletableFuture<PostgresCluster> starting =
                CompletableFuture.supplyAsync(() -> cluster("target", 18), Thread::startVirtualThread);
        source = cluster("source", 13);
        target = starting.join();
        module = new AnnotationConfigApplicationContext(PostgresModule.class);
        addExtension(source);
        addExtension(target);
    }

    @AfterAll
    static void stop() {
        source.close();
        target.close();
        module.close();
        directory.close();
    }

    @Test
    void identityIsJudgedForBothDirectionsAndBothMajors() {
        String database = database("""
                create table positions (id int primary key deferrable initially deferred, pos int);
                create table gen_key (n int not null, half int generated always as (n * 10) stored primary key);
                create table gen_full (a int, b int, s int generated always as (a + b) stored);
                alter table gen_full replica identity full;
                create table "Json" (a int, j json[]);
                alter table "Json" replica identity full;
                create table plain (id int primary key, j json);
                create table parts (id int not null, at int not null) partition by range (at);
                create table leaf partition of parts for values from (0) to (9);
                alter table parts replica identity full;
                create table "One Side" (a int not null, b int primary key);
                create unique index one_side_a on "One Side" (a);
                create table later (a int);
                """);
        source.execute(database, """
                alter table "One Side" replica identity using index one_side_a;
                alter table later replica identity full""");

        for (List<GuardResult> guards : List.of(switching(database, Side.SOURCE), replicate(database))) {
            assertThat(reason(guards, "replica-identity", false))
                    .contains(
                            database + " on the source: public.positions: its primary key is deferrable",
                            "ALTER TABLE public.positions REPLICA IDENTITY FULL",
                            database + " on the source: public.gen_key: its key has the generated column half, which is"
                                    + " not published, so the target stops applying",
                            database + " on the target: public.gen_full: REPLICA IDENTITY FULL takes in the generated"
                                    + " column s",
                            database + " on the source: public.leaf: it has neither a primary key",
                            database + " on the target: public.later, public.leaf: it has neither a primary key",
                            database
                                    + " on the target: public.One Side: rows are found there by b, but the source sends"
                                    + " only a",
                            "set the same REPLICA IDENTITY for public.\"One Side\" on both sides")
                    .doesNotContain("public.plain", "public.parts:", "source: public.gen_full", "source: public.later");
            assertThat(reason(guards, "identity-full-types", false))
                    .contains(
                            database + " on the target: public.Json: rows are found there by all their columns, and no"
                                    + " server can compare j (json[])",
                            database + " on the source: public.Json");
        }

        // what the guard is about: the server's own words
        target.execute(database, "insert into gen_full values (1, 2); create publication p for table gen_full");
        assertThatThrownBy(() -> target.execute(database, "update gen_full set a = 2"))
                .hasStackTraceContaining("Replica identity must not contain unpublished generated columns");
        target.execute(database, "drop publication p");
        assertThat(reason(
                        switching(database, Side.SOURCE, Acceptance.IDENTITY_FULL_TYPES), "identity-full-types", true))
                .startsWith("Accepted for this project: ");
    }

    @Test
    void whatIsNotCarriedIsNamedAndHasToBeAccepted() {
        String database = database("create table plain (id int primary key)");
        assertThat(reason(switching(database, Side.SOURCE), "not-carried", true))
                .contains("has nothing that is not");
        assertThat(reason(verify(database), "not-carried", true))
                .isEqualTo("The source has nothing that is not carried.");
        for (PostgresCluster side : List.of(source, target)) {
            side.execute(database, """
                    create schema geo;
                    create extension georef with schema geo;
                    create unlogged table empty (id int);
                    create publication "%s" for table plain""".formatted(link(database)));
        }
        assertThat(reason(switching(database, Side.SOURCE), "not-carried", true))
                .contains("has nothing that is not");
        source.execute(database, """
                insert into geo.geo_ref_sys values (100001, 'mine'), (100002, 'mine too');
                insert into geo.geo_cache (note) values ('a');
                select lo_from_bytea(0, 'abc'), lo_from_bytea(0, 'def');
                create unlogged table cache (id int);
                insert into cache select generate_series(1, 50);
                create unlogged table by_part (id int) partition by range (id);
                create table part partition of by_part for values from (0) to (9);
                insert into by_part values (1);
                analyze cache; analyze part;
                create publication others for all tables""");

        for (String seen : List.of(
                reason(switching(database, Side.SOURCE), "not-carried", false),
                reason(replicate(database), "not-carried", true),
                reason(verify(database), "not-carried", true),
                reason(switching(database, Side.SOURCE, Acceptance.NOT_CARRIED), "not-carried", true))) {
            assertThat(seen)
                    .contains(
                            database + " on the source: this is not carried: 2 large objects (",
                            "2 unlogged tables: public.cache (about 50 rows, 8.2 kB), public.part (about 1 row, ",
                            "2 tables of extensions: geo.geo_cache of georef (1 row, ",
                            "geo.geo_ref_sys of georef (2 rows, ",
                            "1 sequence of an extension: geo.geo_cache_id_seq of georef",
                            "1 publication of others: others.");
        }
        assertThat(reason(switching(database, Side.TARGET), "not-carried", true))
                .isEqualTo("The target has nothing that is not carried.");
        source.execute(database, "create materialized view totals as select count(*) from plain");
        assertThat(reason(switching(database, Side.SOURCE), "materialized-views", true))
                .startsWith(database
                        + " on the source: it has 1 materialized view: public.totals; on the target their content");
    }

    /** None, one, one that is accepted, and many, on a side each. */
    @Test
    void triggersThatFireForWhatReplicationBringsAreNamedAndTheRemedyHelps() {
        String database = database("""
                create function note() returns trigger language plpgsql as 'begin return null; end';
                do $$ begin
                    for number in 1..2000 loop
                        execute format('create table %1$I (id int primary key); create trigger audit after insert on %1$I'
                            || ' for each row execute function note()', 't' || to_char(number, 'FM0000'));
                    end loop;
                end $$""");
        for (List<GuardResult> guards : List.of(switching(database, Side.SOURCE), replicate(database))) {
            assertThat(reason(guards, "always-triggers", true))
                    .isEqualTo("No trigger fires for what replication brings.");
        }

        source.execute(database, "alter table t0007 enable always trigger audit");
        for (List<GuardResult> guards :
                List.of(switching(database, Side.SOURCE), switching(database, Side.TARGET), replicate(database))) {
            assertThat(reason(guards, "always-triggers", false))
                    .startsWith(database + " on the source: audit on public.t0007, which is ENABLE ALWAYS, fires")
                    .contains("ALTER TABLE public.t0007 ENABLE TRIGGER audit, on both sides")
                    .doesNotContain("on the target:");
        }
        assertThat(reason(switching(database, Side.SOURCE, Acceptance.ALWAYS_TRIGGERS), "always-triggers", true))
                .startsWith("Accepted for this project: " + database + " on the source: audit on public.t0007");

        target.execute(database, """
                do $$ begin
                    for number in 1..2000 loop
                        execute format('alter table %I enable replica trigger audit', 't' || to_char(number, 'FM0000'));
                    end loop;
                end $$""");
        source.execute(database, "ALTER TABLE public.t0007 ENABLE TRIGGER audit");
        assertThat(reason(switching(database, Side.SOURCE), "always-triggers", false))
                .startsWith(database + " on the target: audit on public.t0001, ")
                .contains(
                        "audit on public.t0005 and 1995 more, which are ENABLE REPLICA, fire",
                        "ALTER TABLE public.t0001 DISABLE TRIGGER audit, and likewise for the others")
                .doesNotContain("on the source:");
    }

    @Test
    void aSequenceThatCannotHoldWhatItWouldBeSetToIsNamedWithTheStatement() {
        String database = database("""
                create sequence "Few" as integer; create sequence many as integer; create sequence same as integer;
                create sequence spare as integer""");
        String sequences = "sequences";
        reason(switching(database, Side.TARGET), sequences, true);

        target.execute(database, """
                alter sequence "Few" as bigint; select setval('"Few"', 2147490000);
                alter sequence many as bigint; select setval('many', 2147483600);
                alter sequence spare as bigint; select setval('spare', 1000)""");

        assertThat(reason(switching(database, Side.TARGET), sequences, false))
                .isEqualTo(database + ": on the source, public.Few, public.many cannot hold the next values of the"
                        + " target. SET default_transaction_read_only = off; ALTER SEQUENCE \"public\".\"Few\" AS bigint"
                        + " MINVALUE 1 MAXVALUE 9223372036854775807;"
                        + " and likewise for the others, there.");
        source.execute(database, "ALTER SEQUENCE public.\"Few\" AS bigint MINVALUE 1 MAXVALUE 9223372036854775807");
        source.execute(database, "alter sequence many as bigint");
        reason(switching(database, Side.TARGET), sequences, true);
    }

    @Test
    void theRemedyForANewPartitionWorksInTheOrderInWhichItIsSaid() {
        String database = database("""
                create table m (id int, d int, primary key (id, d)) partition by range (d);
                create table m1 partition of m for values from (1) to (2)""");
        String link = link(database);
        source.execute(database, "create publication \"%s\" for table m".formatted(link));
        target.execute(database, """
                create subscription "%s" connection 'host=%s port=%d dbname=%s user=%s password=%s'
                publication "%1$s\"""".formatted(
                link, PostgresCluster.HOST, source.port(), database, Login.UPSHIFT.user(), Login.UPSHIFT.password()));
        String m2 = "create table m2 partition of m for values from (2) to (3)";
        String refresh = "alter subscription \"" + link + "\" refresh publication";
        try {
            source.execute(database, m2 + "; insert into m values (2, 2)");

            assertThat(reason(switching(database, Side.SOURCE), "new-objects", false))
                    .containsSubsequence(
                            "the target lacks public.m2",
                            "Create it there first (a partition with CREATE TABLE … PARTITION OF …)",
                            "then ALTER SUBSCRIPTION " + link + " REFRESH PUBLICATION there");
            assertThatThrownBy(() -> target.execute(database, refresh))
                    .hasStackTraceContaining("relation \"public.m2\" does not exist");
            target.execute(database, m2);
            assertThat(reason(switching(database, Side.SOURCE), "tables-ready", false))
                    .contains("not subscribed to public.m2")
                    .doesNotContain("CREATE");
            target.execute(database, refresh);
            await().atMost(LONG)
                    .until(() ->
                            target.value(database, "select count(*) from m2").equals("1"));
        } finally {
            target.execute(database, "drop subscription \"" + link + "\"");
        }
    }

    /** Somebody looks at the plan in between, and follows an advice that publishes it again but does not copy it. */
    @Test
    void aPartitionThatWasDetachedIsCopiedAnewHoweverItIsPublishedAgain() {
        String database = database("""
                create table m (id int, d int, primary key (id, d)) partition by range (d);
                create table m1 partition of m for values from (1) to (2)""");
        String link = link(database);
        source.execute(database, "insert into m values (1, 1); create publication \"%s\" for table m".formatted(link));
        target.execute(database, """
                create subscription "%s" connection 'host=%s port=%d dbname=%s user=%s password=%s'
                publication "%1$s\"""".formatted(
                link, PostgresCluster.HOST, source.port(), database, Login.UPSHIFT.user(), Login.UPSHIFT.password()));
        String refresh = "alter subscription \"" + link + "\" refresh publication";
        try {
            awaitReady(database, 1);
            reason(switching(database, Side.SOURCE), "new-objects", true);

            for (PostgresCluster side : List.of(source, target)) {
                side.execute(database, "alter table m detach partition m1");
            }
            source.execute(database, "insert into m1 values (2, 1)");
            assertThat(reason(switching(database, Side.SOURCE), "tables-published", false))
                    .contains("public.m1 is not sent any more", "Then copy it anew");
            source.execute(database, "alter publication \"%s\" add table m1".formatted(link));
            target.execute(database, refresh);
            reason(switching(database, Side.SOURCE), "tables-published", true);
            assertThat(reason(switching(database, Side.SOURCE), "new-objects", false))
                    .contains("public.m1 was not sent for a while", "on the target drop it and create it again");

            target.execute(database, "drop table m1; create table m1 (id int, d int, primary key (id, d))");
            target.execute(database, refresh);
            awaitReady(database, 1);
            reason(switching(database, Side.SOURCE), "new-objects", true);
            assertThat(target.value(database, "select count(*) from m1")).isEqualTo("2");
        } finally {
            target.execute(database, "drop subscription \"" + link + "\"");
        }
    }

    /** The server has it as ready at once, as one whose copy is over. */
    @Test
    void aTableThatIsFollowedWithoutACopyIsNotTakenForOneThatWasCopied() {
        String database = database("create table plain (id int primary key)");
        String link = link(database);
        String refresh = "alter subscription \"" + link + "\" refresh publication";
        source.execute(database, "create publication \"%s\" for table plain".formatted(link));
        target.execute(database, """
                create subscription "%s" connection 'host=%s port=%d dbname=%s user=%s password=%s'
                publication "%1$s\"""".formatted(
                link, PostgresCluster.HOST, source.port(), database, Login.UPSHIFT.user(), Login.UPSHIFT.password()));
        try {
            awaitReady(database, 1);
            reason(switching(database, Side.SOURCE), "new-objects", true);

            source.execute(database, "create table late (id int primary key); insert into late values (1)");
            target.execute(database, "create table late (id int primary key)");
            source.execute(database, "alter publication \"%s\" add table late".formatted(link));
            target.execute(database, refresh + " with (copy_data = false)");
            awaitReady(database, 2);
            for (int look = 0; look < 2; look++) {
                assertThat(reason(switching(database, Side.SOURCE), "new-objects", false))
                        .contains(
                                "public.late is followed on the target, but was not copied",
                                "on the target drop it and create it again")
                        .doesNotContain("public.plain");
            }
            target.execute(database, "drop table late; create table late (id int primary key)");
            target.execute(database, refresh);
            awaitReady(database, 2);
            reason(switching(database, Side.SOURCE), "new-objects", true);
            assertThat(target.value(database, "select count(*) from late")).isEqualTo("1");

            source.execute(database, "alter publication \"%s\" drop table plain".formatted(link));
            target.execute(database, refresh);
            reason(switching(database, Side.SOURCE), "tables-published", false);
            source.execute(database, "insert into plain values (1)");
            reason(switching(database, Side.SOURCE), "new-objects", true);
            source.execute(database, "alter publication \"%s\" add table plain".formatted(link));
            target.execute(database, refresh + " with (copy_data = false)");
            assertThat(reason(switching(database, Side.SOURCE), "new-objects", false))
                    .contains("public.plain is followed on the target, but was not copied");
        } finally {
            target.execute(database, "drop subscription \"" + link + "\"");
        }
    }

    /** Lag, workers and sentinel are fine, and so is every row of a table that is not partitioned. */
    @Test
    void aPublicationThatSendsPartitionsAsTheirRootIsSeen() {
        String database = database("""
                create table m (id int, d int, primary key (id, d)) partition by range (d);
                create table m1 partition of m for values from (1) to (2);
                create table plain (id int primary key)""");
        String link = link(database);
        source.execute(database, "create publication \"%s\" for table m, plain".formatted(link));
        target.execute(database, """
                create subscription "%s" connection 'host=%s port=%d dbname=%s user=%s password=%s'
                publication "%1$s\"""".formatted(
                link, PostgresCluster.HOST, source.port(), database, Login.UPSHIFT.user(), Login.UPSHIFT.password()));
        try {
            awaitReady(database, 2);
            reason(switching(database, Side.SOURCE), "new-objects", true);

            source.execute(
                    database, "alter publication \"%s\" set (publish_via_partition_root = true)".formatted(link));
            source.execute(database, "insert into m values (1, 1)");
            source.execute(database, "insert into plain values (1)");
            await().atMost(LONG)
                    .until(() ->
                            target.value(database, "select count(*) from plain").equals("1"));
            assertThat(target.value(database, "select count(*) from m")).isEqualTo("0");

            assertThat(reason(switching(database, Side.SOURCE), "new-objects", false))
                    .contains(
                            "the publication " + link
                                    + " on the source sends changes of partitions as those of the table"
                                    + " above them (publish_via_partition_root)",
                            "what was written to partitions since then is missing on the target",
                            "ALTER PUBLICATION " + link
                                    + " SET (publish_via_partition_root = false), then copy those tables anew");
        } finally {
            target.execute(database, "drop subscription \"" + link + "\"");
        }
    }

    private static void awaitReady(String database, int tables) {
        await().atMost(LONG)
                .until(() -> target.value(
                                database,
                                "select count(*) || ' ' || count(*) filter (where srsubstate = 'r') from pg_subscription_rel")
                        .equals(tables + " " + tables));
    }

    /** Made after the guards, on the side that a rollback enters; sessions with 13 cannot keep it off. */
    @Test
    void anEventTriggerThatCameLaterIsSeenAndHindersNoUndo() {
        String database = database("""
                create table plain (id int primary key);
                create function halt() returns event_trigger language plpgsql as
                    $$ begin raise exception 'No changes this week'; end $$""");
        try (Switch sw = new Switch(project(database, Side.TARGET), Side.TARGET, ports());
                Switch accepting =
                        new Switch(project(database, Side.TARGET, Acceptance.EVENT_TRIGGERS), Side.TARGET, ports())) {
            String link = sw.link(database);
            target.execute(database, "create publication \"%s\" for table plain".formatted(link));
            source.execute(database, """
                    create subscription "%s" connection 'host=%s port=%d dbname=%s user=%s password=%s'
                    publication "%1$s\"""".formatted(
                            link,
                            PostgresCluster.HOST,
                            target.port(),
                            database,
                            Login.UPSHIFT.user(),
                            Login.UPSHIFT.password()));
            RightsLook rights = new RightsLook(sw);
            RightsLook acceptingRights = new RightsLook(accepting);
            List<String> before = rights.note();
            acceptingRights.note();
            assertThat(rights.objectionsIfChanged()).isEmpty();

            halt(database, "ALTER SUBSCRIPTION");

            assertThat(rights.objectionsIfChanged())
                    .containsAll(before)
                    .anyMatch(objection -> objection.startsWith(database
                            + " on the source: our statements fire halt (ddl_command_end, calls public.halt)"));
            assertThat(acceptingRights.objectionsIfChanged()).noneMatch(objection -> objection.contains("halt"));

            StopLink stop = new StopLink(sw);
            assertThatThrownBy(() -> stop.perform(null)).hasStackTraceContaining("No changes this week");
            stop.undo(null);
            assertThat(enabled(database)).isEqualTo("t");

            halt(database, "DROP SUBSCRIPTION");
            Links links = module.getBean(Links.class);
            assertThatThrownBy(() -> links.dropSubscription(sw.onTo(database), link))
                    .hasStackTraceContaining("No changes this week");
            assertThat(enabled(database))
                    .as("what a run would leave past the pivot")
                    .isEqualTo("f");
            assertThat(reason(switching(database, Side.TARGET), "workers-running", false))
                    .matches(".*the subscription " + link + " on the source is disabled\\. .+");
            source.execute(database, "drop event trigger halt");
            links.dropSubscription(sw.onTo(database), link);
            assertThat(enabled(database)).isEqualTo("gone");
        }
        target.execute("postgres", """
                select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = '%s'""".formatted(database));
    }

    private static void halt(String database, String command) {
        source.execute(database, """
                drop event trigger if exists halt;
                create event trigger halt on ddl_command_end when tag in ('%s') execute function halt();
                alter event trigger halt enable always""".formatted(command));
    }

    private static String enabled(String database) {
        return source.value("postgres", """
                select coalesce(max(case when subenabled then 't' else 'f' end), 'gone')
                from pg_subscription join pg_database as d on d.oid = subdbid where d.datname = '%s'""".formatted(database));
    }

    private static String reason(List<GuardResult> guards, String name, boolean allowed) {
        GuardResult result = guards.stream()
                .filter(guard -> guard.guard().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + guards));
        assertThat(result.allowed()).as(result.reason()).isEqualTo(allowed);
        return result.reason();
    }

    private static List<GuardResult> switching(String database, Side from, Acceptance... accepted) {
        Project project = project(database, from, accepted);
        GuardBook book = new GuardBook();
        try (Switch sw = new Switch(project, from, ports())) {
            new SwitchGuards(sw, new NeverCompared()).look(book);
            new CarriedGuards(sw, new NeverCompared(), Optional::empty).look(book);
        }
        return book.results();
    }

    private static Ports ports() {
        return ExamplePorts.of(
                module.getBean(PostgresSessions.class),
                module.getBean(Catalog.class),
                module.getBean(Links.class),
                module.getBean(Sequences.class),
                module.getBean(Fence.class),
                module.getBean(HelperSchema.class),
                module.getBean(Roles.class),
                module.getBean(EventTriggers.class),
                module.getBean(TargetCleaning.class),
                module.getBean(WorkerErrors.class),
                new NothingHeldBack(),
                KNOWN,
                new Waiting(Clock.systemUTC()));
    }

    private static List<GuardResult> replicate(String database) {
        return ReplicateBench.replicate(module.getBean(SubscriberRoom.class), module.getBean(UnqualifiedCalls.class))
                .examine(project(database, Side.SOURCE), ports())
                .guards();
    }

    private static List<GuardResult> verify(String database) {
        return VerifyingBench.verify(new NeverCompared())
                .examine(project(database, Side.SOURCE), ports())
                .guards();
    }

    /** What the tables of links were when they were looked at; of their slots nothing is known. */
    private static final class KnownTables implements LinkRecords {

        private final Map<String, Map<TableName, CarriedTable>> kept = new HashMap<>();
        private final Map<String, List<MarkedTable>> marked = new HashMap<>();

        @Override
        public void begins(long project, String link) {}

        @Override
        public Optional<Doubt> see(long project, String link, SlotObservation slot) {
            return Optional.empty();
        }

        @Override
        public void doubt(long project, String link) {}

        @Override
        public void verified(long project, Instant begun) {}

        @Override
        public Optional<Map<TableName, CarriedTable>> tables(long project, String link) {
            return Optional.ofNullable(kept.get(link));
        }

        @Override
        public void keepTables(long project, String link, Map<TableName, CarriedTable> tables) {
            kept.put(link, tables);
        }

        @Override
        public Optional<List<MarkedTable>> marks(long project, String link) {
            return Optional.ofNullable(marked.get(link));
        }

        @Override
        public void keepMarks(long project, String link, List<MarkedTable> marks) {
            marked.put(link, marks);
        }

        @Override
        public void addMarks(long project, String link, List<MarkedTable> marks) {
            marked.put(link, marks);
        }

        @Override
        public void forget(long project) {}

        @Override
        public Optional<KnownSubscriber> subscriber(long project, String link) {
            return Optional.empty();
        }

        @Override
        public void keepSubscriber(long project, String link, KnownSubscriber subscriber) {}

        @Override
        public Optional<KnownSubscription> subscription(long project, String link) {
            return Optional.empty();
        }

        @Override
        public void keepSubscription(long project, String link, KnownSubscription subscription) {}
    }

    private static Project project(String database, Side serving, Acceptance... accepted) {
        return new Project(
                1,
                "carried",
                "Carried",
                new Cluster(endpoint(source), null, null, null),
                new Cluster(endpoint(target), null, null, null),
                List.of(database),
                List.of(),
                ProjectSettings.DEFAULTS.with("accepted", List.of(accepted)),
                serving == Side.SOURCE ? Phase.REPLICATING : Phase.CUT_OVER,
                serving,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static String link(String database) {
        return LinkNames.link("carried", database, Direction.FORWARD);
    }

    private static String database(String schema) {
        String name = "carried" + ++databases;
        for (PostgresCluster side : List.of(source, target)) {
            side.execute("postgres", "create database " + name);
            side.execute(name, schema);
        }
        return name;
    }

    /** A stand-in for extensions that own tables, registered and not. */
    private static void addExtension(PostgresCluster cluster) throws IOException {
        Path folder = Path.of(
                cluster.value("postgres", "select setting from pg_config where name = 'SHAREDIR'"), "extension");
        Files.writeString(folder.resolve("georef.control"), "default_version = '1.0'\nrelocatable = false\n");
        Files.writeString(folder.resolve("georef--1.0.sql"), """
                create table geo_ref_sys (srid int primary key, srtext text);
                insert into geo_ref_sys select g, 'built in ' || g from generate_series(2000, 2499) g;
                select pg_catalog.pg_extension_config_dump('geo_ref_sys', 'WHERE srid >= 100000 -- others');
                create table geo_cache (id serial primary key, note text);
                """);
    }

    private static PostgresCluster cluster(String name, int major) {
        return PostgresCluster.of(major, directory).named(name).durable(false).start();
    }

    private static Endpoint endpoint(PostgresCluster cluster) {
        return new Endpoint(
                PostgresCluster.HOST,
                cluster.port(),
                Login.UPSHIFT.user(),
                new Secret(Login.UPSHIFT.password()),
                SslMode.DISABLE);
    }

    private record NothingHeldBack() implements HeldBackSchemas {

        @Override
        public void keep(long project, String database, SchemaArchive archive) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<SchemaArchive> find(long project, String database) {
            return Optional.empty();
        }

        @Override
        public List<String> databases(long project) {
            return List.of();
        }

        @Override
        public void forget(long project, String database) {
            throw new UnsupportedOperationException();
        }
    }

    private record NeverCompared() implements Verifications {

        @Override
        public Verification verify(String slug, Barrier barrier, Consumer<String> progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Verification> latest(String slug) {
            return Optional.empty();
        }
    }

    @TestConfiguration
    @ComponentScan("dev.upshift.postgres")
    @ConfigurationPropertiesScan("dev.upshift.postgres")
    @Import(Waiting.class)
    static class PostgresModule {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
