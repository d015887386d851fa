package dev.upshift.transfer.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.TableName;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** What is left of a link that was dropped in two attempts, between 13 and subscribers that keep slots of table copies. */
class LinkCleaningIT {

    private static final Duration SOON = Duration.ofMinutes(1);

    /** The slot of a copy from the database. */
    private static final String COPY = """
            select coalesce(max(slot_name), '') from pg_replication_slots
            where database = current_database() and slot_name ~ '_sync_'""";

    private static LabDirectory directory;
    private static PostgresCluster source;
    private static AnnotationConfigApplicationContext module;
    private static Links links;

    @BeforeAll
    static void start() {
        directory = LabDirectory.create();
        source = cluster("source", 13);
        module = new AnnotationConfigApplicationContext(PostgresModule.class);
        links = module.getBean(Links.class);
    }

    @AfterAll
    static void stop() {
        module.close();
        source.close();
        directory.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void findsTheSlotsOfCopiesWhoseSubscriptionIsGoneAndNoOthers(int major) {
        String database = "shop" + major;
        String link = LinkNames.link("cleaned", database, Direction.FORWARD);
        LinkCleaning cleaning = new LinkCleaning(links, module.getBean(HelperSchema.class));
        try (PostgresCluster target = cluster("target-" + major, major)) {
            createDatabase(target, database);
            Project project = project(target, database);
            beginCopyThatFails(project, database, link);
            String oid = target.value(database, "select oid from pg_subscription");
            String ours = target.value("postgres", "select system_identifier from pg_control_system()");

            // the first attempt comes half way: the subscription is dropped while the source is away
            source.stop();
            try (SessionPool pool = pool(project)) {
                links.dropSubscription(pool.work(Side.TARGET, database), link);
            }
            source.restart();

            String copy = source.value(database, COPY);
            assertThat(copy).matches("pg_%s_sync_\\d+_%s".formatted(oid, ours));
            List<String> others = others(target, database, oid, copy, ours);
            try (SessionPool pool = pool(project)) {
                assertThat(cleaning.left(pool, project))
                        .containsExactlyInAnyOrder(
                                "slot " + link + " on the source",
                                "slot " + copy + " of an unfinished table copy on the source",
                                "publication " + link + " on the source");

                cleaning.dropLink(pool, project, database, Direction.FORWARD);

                assertThat(cleaning.left(pool, project)).isEmpty();
            }
            others.forEach(slot -> assertThat(source.value("postgres", """
                    select count(pg_drop_replication_slot(slot_name)) from pg_replication_slots
                    where slot_name = '%s'""".formatted(slot)))
                    .as(slot)
                    .isEqualTo("1"));
            assertThat(source.value("postgres", "select count(*) from pg_replication_slots"))
                    .isEqualTo("0");
        }
    }

    /** Fresh clusters give their subscriptions the same oids. */
    @Test
    void leavesTheCopyOfAnotherSubscriberWithTheSameOidAlone() {
        String database = "shop17";
        String link = LinkNames.link("cleaned", database, Direction.FORWARD);
        LinkCleaning cleaning = new LinkCleaning(links, module.getBean(HelperSchema.class));
        try (PostgresCluster target = cluster("target-17", 17)) {
            createDatabase(target, database);
            Project project = project(target, database);
            beginCopyThatFails(project, database, link);
            String oid = target.value(database, "select oid from pg_subscription");
            String others = "pg_%s_sync_16385_7000000000000000001".formatted(oid);
            create(database, others);

            try (SessionPool pool = pool(project)) {
                cleaning.dropLink(pool, project, database, Direction.FORWARD);

                assertThat(cleaning.left(pool, project)).isEmpty();
            }
            assertThat(source.value(database, """
                    select string_agg(slot_name, ' ') from pg_replication_slots
                    where database = current_database()""")).isEqualTo(others);
            source.execute(database, "select pg_drop_replication_slot('" + others + "')");
        }
    }

    private static void createDatabase(PostgresCluster target, String database) {
        for (PostgresCluster side : List.of(source, target)) {
            side.execute("postgres", "create database " + database);
            side.execute(database, "create table orders (id int primary key); insert into orders values (1)");
        }
    }

    /** The target has the row already: the copy is tried again and again, and its slot stays. */
    private static void beginCopyThatFails(Project project, String database, String link) {
        try (SessionPool pool = pool(project)) {
            links.publish(pool.work(Side.SOURCE, database), link, List.of(new TableName("public", "orders")));
            links.createSlot(pool.work(Side.SOURCE, database), link);
            links.subscribe(
                    pool.work(Side.TARGET, database),
                    new SubscriptionDefinition(
                            link, project.source().endpoint(), database, link, link, true, false, true, false));
        }
        await().atMost(SOON).until(() -> !source.value(database, COPY).isEmpty());
    }

    /** Slots of copies that go on, of another subscriber, of another database; and one of somebody who likes the name. */
    private static List<String> others(
            PostgresCluster target, String database, String oid, String copy, String identifier) {
        target.execute(
                database,
                "create subscription living connection 'host=127.0.0.1' publication nothing with (connect = false)");
        String living = target.value(database, "select oid from pg_subscription where subname = 'living'");
        List<String> here = List.of(
                copy.replace(identifier, "7000000000000000001"),
                "pg_%s_sync_16385_%s".formatted(living, identifier),
                "pg_%s_sync_mine_%s".formatted(oid, identifier));
        here.forEach(slot -> create(database, slot));
        String elsewhere = "pg_%s_sync_16399_%s".formatted(oid, identifier);
        create("postgres", elsewhere);
        return List.of(here.get(0), here.get(1), here.get(2), elsewhere);
    }

    private static void create(String database, String slot) {
        source.execute(database, "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
    }

    private static SessionPool pool(Project project) {
        return new SessionPool(module.getBean(PostgresSessions.class), "", project, PostgresSessions.SHORT);
    }

    private static Project project(PostgresCluster target, String database) {
        return new Project(
                1,
                "cleaned",
                "Cleaned",
                new Cluster(endpoint(source), null, null, null),
                new Cluster(endpoint(target), null, null, null),
                List.of(database),
                List.of(),
                ProjectSettings.DEFAULTS,
                Phase.SCHEMA_COPIED,
                Side.SOURCE,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
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
