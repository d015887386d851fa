package dev.upshift.verification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.metadata.TestMetadata;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.rows.ComparedRows;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.Waiting;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Compares a source on 13 with a target on 17 that replicates from it, while clients write. */
class VerificationUnderLoadIT {

    private static final Logger log = LoggerFactory.getLogger(VerificationUnderLoadIT.class);
    private static final String SHOP = LedgerSchema.DATABASE;

    private static LabWorld world;
    private static LedgerWriters writers;
    private static AnnotationConfigApplicationContext module;
    private static Verifications verifications;

    @BeforeAll
    static void start() {
        world = LabWorld.builder().durable(false).preparedTarget().start();
        world.source().execute(SHOP, """
                create table shop."Constant" (id uuid primary key, code char(5) not null, "Amount" money, at timestamptz);
                insert into shop."Constant" select md5(i::text)::uuid, i % 7, i, timestamptz '2020-01-01' + i * interval '1 h'
                from generate_series(1, 20000) i;
                create table shop."Hot" ("Id" integer primary key, n bigint not null default 0);
                insert into shop."Hot" select i from generate_series(1, 3) i;
                create table shop.only_on_source (id integer primary key);
                create table shop.wider (id integer primary key, more text);
                create publication everything for all tables;""");
        world.target().execute(SHOP, """
                create table shop."Constant" (at timestamptz, id uuid primary key, "Amount" money, code char(5) not null);
                create table shop."Hot" ("Id" integer primary key, n bigint not null default 0);
                create table shop.wider (id integer primary key, more text);
                create table shop.only_on_source (id integer primary key);""");
        world.target().execute(SHOP, """
                create subscription everything connection 'host=%s port=%d dbname=shop user=%s password=%s'
                publication everything""".formatted(
                        PostgresCluster.HOST, world.source().port(), Login.UPSHIFT.user(), Login.UPSHIFT.password()));
        writers = world.startWriters(12, 300);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> world.target()
                        .value(SHOP, "select bool_and(srsubstate = 'r') and count(*) > 5 from pg_subscription_rel")
                        .equals("t"));
        world.target().execute(SHOP, "drop table shop.only_on_source; alter table shop.wider drop more");
        module = new AnnotationConfigApplicationContext(PostgresModule.class);
        verifications = new StoredVerifications(
                new OneProject(project(Phase.REPLICATING, Side.SOURCE)),
                module.getBean(PostgresSessions.class),
                module.getBean(Catalog.class),
                new VerificationRows(new JdbcTemplate(TestMetadata.migrated().dataSource())),
                new DatabaseComparisons(
                        module.getBean(PostgresSessions.class),
                        new VerificationSettings(2),
                        module.getBean(ComparedRows.class),
                        new Waiting(Clock.systemUTC())),
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        module.close();
        world.close();
    }

    @Test
    void tablesThatAreBeingWrittenAreProvenEqual() {
        long before = writers.counters().acknowledged();
        for (int i = 0; i < 3; i++) {
            List<String> progress = new ArrayList<>();
            Instant begin = Instant.now();
            Verification verification = verifications.verify("shop", VerificationUnderLoadIT::barrier, progress::add);
            log.info(
                    "Compared in {} ms: {}",
                    Duration.between(begin, Instant.now()).toMillis(),
                    progress);

            assertThat(verification.tables())
                    .filteredOn(table -> !table.name().table().matches("only_on_source|wider"))
                    .hasSizeGreaterThan(7)
                    .allSatisfy(
                            table -> assertThat(table.verdict()).as("%s", table).isEqualTo(Verdict.EQUAL))
                    .anySatisfy(table -> assertThat(table.name().table()).isEqualTo("Events"))
                    .anySatisfy(table -> assertThat(table.name().table()).isEqualTo("Remarks"));
            assertThat(result(verification, "Constant").sourceRows()).isEqualTo(20_000);
            assertThat(result(verification, "Constant").sourceHash())
                    .isNotNull()
                    .isEqualTo(result(verification, "Constant").targetHash());
            assertThat(result(verification, "only_on_source").note()).isEqualTo("The target has no such table.");
            assertThat(result(verification, "only_on_source").verdict()).isEqualTo(Verdict.MISSING);
            assertThat(result(verification, "wider").note()).isEqualTo("The target lacks columns more.");
            assertThat(verification.differing()).isEqualTo(2);
            assertThat(verifications.latest("shop")).contains(verification);
            assertThat(progress)
                    .hasSizeGreaterThanOrEqualTo(verification.tables().size() - 2);
        }
        assertThat(writers.counters().acknowledged()).isGreaterThan(before);
        assertThat(writers.errors()).isEmpty();
    }

    @Test
    void fewRowsWrittenAllTheTimeAreProvenEqualToo() throws Exception {
        try (var connection = world.source().connect(SHOP)) {
            var update = connection.prepareStatement("update shop.\"Hot\" set n = n + 1 where \"Id\" = ?");
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                        update.setInt(1, 1 + i % 3);
                        update.executeUpdate();
                    }
                } catch (java.sql.SQLException interrupted) {
                    log.debug("The writer ends", interrupted);
                }
            });
            try {
                await().until(() ->
                        Long.parseLong(world.target().value(SHOP, "select sum(n) from shop.\"Hot\"")) > 100);
                TableResult hot =
                        result(verifications.verify("shop", VerificationUnderLoadIT::barrier, sentence -> {}), "Hot");
                log.info("Hot rows: {}", hot);
                assertThat(hot.verdict()).as("%s", hot).isIn(Verdict.EQUAL, Verdict.FAILED);
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }

    @Test
    void lostSurplusAndChangedRowsAreFoundAmongTheWrites() {
        world.target().execute(SHOP, """
                begin;
                create table shop.kept_aside as select * from shop."Constant" where code = '3' limit 1;
                delete from shop."Constant" where id in (select id from shop.kept_aside);
                insert into shop.ledger ("Entry Id", "Writer", "Number") overriding system value values (-1, 0, 0);
                update shop."Customers" set tags = '{}' where "Customer Id" = 7;
                update shop."Remarks" set remark = 'forged' where "Order Id" = 8;
                create temporary table lost on commit drop as select min("Event Id") as id from shop."Events";
                create table shop.lost_event as select * from shop."Events" where "Event Id" in (select id from lost);
                delete from shop."Events" where "Event Id" in (select id from lost);
                commit""");
        try {
            Verification verification = verifications.verify("shop", VerificationUnderLoadIT::barrier, sentence -> {});

            assertThat(verification.tables().stream()
                            .filter(table -> table.verdict() == Verdict.DIFFERENT)
                            .map(table -> table.name().table()))
                    .containsExactlyInAnyOrder("Constant", "Customers", "Events", "Remarks", "ledger");
            assertThat(result(verification, "Constant").note())
                    .startsWith("1 row differ")
                    .contains("for example the row with id = ")
                    .endsWith(" is missing on the target.");
            assertThat(result(verification, "Customers").note())
                    .contains("the row with Customer Id = 7 has other values on the target");
            assertThat(result(verification, "ledger").note())
                    .contains("the row with Entry Id = -1 is only on the target");
            assertThat(result(verification, "Events").note()).contains("missing on the target");
            assertThat(result(verification, "Remarks").note()).contains("the row with hash ");
            assertThat(verification.tables())
                    .filteredOn(table -> table.name().table().matches("Orders|Order Lines|products"))
                    .hasSize(3)
                    .allSatisfy(table -> assertThat(table.verdict()).isEqualTo(Verdict.EQUAL));
            assertThat(result(verification, "kept_aside").note()).isEqualTo("Only the target has this table.");
        } finally {
            world.target().execute(SHOP, """
                    insert into shop."Constant" (id, code, "Amount", at) select id, code, "Amount", at from shop.kept_aside;
                    delete from shop.ledger where "Entry Id" = -1;
                    update shop."Customers" set tags = array['tag ' || 7 % 5, 'quo"ted'] where "Customer Id" = 7;
                    update shop."Remarks" set remark = repeat('remark ', 8 % 9) where "Order Id" = 8;
                    insert into shop."Events" select * from shop.lost_event;
                    drop table shop.lost_event, shop.kept_aside;""");
        }
    }

    @Test
    void failingBarrierEndsTheComparisonAndKeepsNothing() {
        var before = verifications.latest("shop");

        assertThatThrownBy(() -> verifications.verify(
                        "shop",
                        database -> {
                            throw new IllegalStateException("behind");
                        },
                        sentence -> {}))
                .hasMessage("behind");

        assertThat(verifications.latest("shop")).isEqualTo(before);
    }

    @Test
    void whoStopsListeningEndsTheComparison() {
        assertThatThrownBy(() -> verifications.verify("shop", VerificationUnderLoadIT::barrier, sentence -> {
                    throw new IllegalStateException("aborted");
                }))
                .hasMessage("aborted");
        await().until(() -> world.source()
                .value(
                        "postgres",
                        "select count(*) from pg_stat_activity where application_name = 'upshift' and datname = 'shop'")
                .equals("0"));
    }

    private static TableResult result(Verification verification, String table) {
        return verification.tables().stream()
                .filter(result -> result.name().table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static void barrier(String database) {
        String end = world.source().value(database, "select pg_current_wal_insert_lsn()");
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> world.source()
                        .value(
                                database,
                                "select confirmed_flush_lsn >= '" + end
                                        + "' from pg_replication_slots where slot_name = 'everything'")
                        .equals("t"));
    }

    @Test
    void whatIsNotCarriedIsLeftOutAndNamed() {
        world.source().execute(SHOP, """
                create unlogged table shop.scratch (id integer primary key);
                insert into shop.scratch values (1);
                select lo_create(4711)""");

        Verification verification = verifications.verify("shop", VerificationUnderLoadIT::barrier, sentence -> {});

        assertThat(verification.publisher()).isEqualTo(Side.SOURCE);
        assertThat(verification.leftOut())
                .satisfiesExactly(
                        large -> assertThat(large).startsWith("shop: 1 large object ("),
                        unlogged -> assertThat(unlogged).startsWith("shop: 1 unlogged table: shop.scratch ("));
        assertThat(verification.tables())
                .noneMatch(table -> table.name().table().equals("scratch"));
        assertThat(verifications.latest("shop")).contains(verification);
        world.source().execute(SHOP, "drop table shop.scratch; select lo_unlink(4711)");
    }

    private static Project project(Phase phase, Side serving) {
        return new Project(
                1,
                "shop",
                "Shop",
                cluster(world.source()),
                cluster(world.target()),
                List.of(SHOP),
                List.of(),
                ProjectSettings.DEFAULTS,
                phase,
                serving,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static Cluster cluster(PostgresCluster cluster) {
        return new Cluster(
                new Endpoint(
                        PostgresCluster.HOST,
                        cluster.port(),
                        Login.UPSHIFT.user(),
                        new Secret(Login.UPSHIFT.password()),
                        SslMode.PREFER),
                null,
                null,
                cluster.major());
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

        @Bean
        JsonMapper json() {
            return JsonMapper.builder().build();
        }
    }
}
