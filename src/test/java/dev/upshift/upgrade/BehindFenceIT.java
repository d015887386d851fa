package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What changes after the guards have looked, with rows that were acknowledged: the run is undone, and says what it would
 * have left behind.
 */
class BehindFenceIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final String REGIONS = """
            create table shop.region (id int primary key) partition by range (id);
            create table shop.region_1 partition of shop.region for values from (0) to (10);
            insert into shop.region values (1);
            create sequence shop.tickets;
            select setval('shop.tickets', 500);
            """;

    @TempDir
    private static Path directory;

    private static LabWorld world;
    private static ControlPlane upshift;

    private LedgerWriters writers;

    @BeforeAll
    static void replicate() {
        world = LabWorld.builder()
                .clusters(cluster -> cluster.setting("wal_retrieve_retry_interval", "500ms"))
                .start();
        world.source().execute("shop", REGIONS);
        upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", Duration.ofSeconds(8).toString());
            return settings;
        }));
        upshift.succeed("copy-schema", SOON);
        upshift.succeed("replicate", LATER);
    }

    @AfterAll
    static void end() {
        upshift.close();
        world.close();
    }

    @BeforeEach
    void write() {
        writers = world.startWriters(8, 100);
        writers.awaitAcknowledged(50, SOON);
    }

    @AfterEach
    void stop() {
        writers.stop();
    }

    @Test
    void whatCameAfterTheGuardsIsSeenBehindTheFence() throws Exception {
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when("raise-fence", BehindFenceIT::migrate)) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString())
                .contains("Changed after the guards had looked")
                .contains("shop.late")
                .contains("shop.region_1 was dropped and made again")
                .contains("shop.region_2")
                .contains("shop.numbers");
        assertSourceServes();
        assertThat(world.source().value("shop", "select count(*) from shop.late"))
                .isEqualTo("1");

        assertThat(reason("tables-published")).contains("shop.late");
        assertThat(reason("new-objects")).contains("shop.region_1 was dropped and made again");
        mend();
        assertThat(reason("tables-unaltered")).contains("shop.region_1 was dropped, be it made again");
        Awaitility.await("a comparison is allowed")
                .atMost(SOON)
                .until(() -> upshift.plan("verify"), plan -> Boolean.TRUE.equals(plan.get("allowed")));
        upshift.succeed("verify", SOON); // what was copied anew is known to be equal by nothing else
        awaitAllowed();
        world.assertBothSidesEqual(SOON);
    }

    /** A migration, in a hurry: a table on both sides, partitions and a sequence on the source only. */
    private static void migrate() {
        for (PostgresCluster side : List.of(world.source(), world.target())) {
            side.execute("shop", "create table shop.late (id int primary key)");
        }
        world.source().execute("shop", """
                insert into shop.late values (1);
                create table shop.region_2 partition of shop.region for values from (10) to (20);
                drop table shop.region_1;
                create table shop.region_1 partition of shop.region for values from (0) to (10);
                create sequence shop.numbers;
                """);
    }

    /** Only its own transaction sees the table until then, and no lock of it is in anybody's way. */
    @Test
    void aMigrationThatWasOpenWhenTheGuardsLookedIsSeenBehindTheFence() throws Exception {
        Map<String, Object> run;
        try (Connection migration = world.source().connect("shop")) {
            migration.setAutoCommit(false);
            migration
                    .createStatement()
                    .execute("create table shop.overnight (id int primary key); insert into shop.overnight values (1)");
            assertThat(reason("tables-published")).isEqualTo("allowed");
            try (AutoCloseable ignored = upshift.when("raise-fence", () -> commit(migration))) {
                run = upshift.await(upshift.start("cutover"), SOON);
            }
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString())
                .contains("Changed after the guards had looked")
                .contains("shop.overnight");
        assertSourceServes();
        assertThat(world.source().value("shop", "select count(*) from shop.overnight"))
                .isEqualTo("1");

        assertThat(reason("tables-published")).contains("shop.overnight");
        for (PostgresCluster side : List.of(world.source(), world.target())) {
            side.execute("shop", "drop table shop.overnight");
        }
        awaitAllowed();
        world.assertBothSidesEqual(SOON);
    }

    /** The other half of it, on the target, is of this moment: whoever has written there before keeps a switch waiting. */
    private static void commit(Connection migration) {
        world.target().execute("shop", "create table shop.overnight (id int primary key)");
        try {
            migration.commit();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static void mend() {
        for (PostgresCluster side : List.of(world.source(), world.target())) {
            side.execute("shop", "drop table shop.late");
        }
        world.source().execute("shop", "drop table shop.region_2; drop sequence shop.numbers");
        world.target().execute("shop", """
                drop table shop.region_1;
                create table shop.region_1 partition of shop.region for values from (0) to (10);
                """);
        world.target().execute("shop", "alter subscription \"%s\" refresh publication".formatted(link()));
    }

    /** Acknowledged, and on one side only: no link carries what ALTER TABLE writes. */
    @Test
    void rowsThatWereWrittenAnewAfterTheGuardsAreSeenBehindTheFence() throws Exception {
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when("pause-poolers", () -> multiply("* 100"))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString()).contains("columns of shop.Remarks were changed on the source");
        assertSourceServes();
        multiply("/ 100");
        world.assertBothSidesEqual(SOON);
        assertThat(reason("tables-unaltered")).contains("shop.Remarks");
        upshift.succeed("verify", SOON);
        assertThat(reason("tables-unaltered")).isEqualTo("allowed");
    }

    private static void multiply(String by) {
        world.source()
                .execute(
                        "shop",
                        "alter table shop.\"Remarks\" alter column \"Order Id\" type bigint using \"Order Id\" " + by);
    }

    /** Past the point of no return it would not be replaced, and the pooler's clients would stay held. */
    @Test
    void aConfigurationThatSomebodyEditsInTheWindowIsSeenBeforeThePivot() throws Exception {
        PgBouncer pooler = world.pooler(1);
        String configuration = pooler.configuration();
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when(
                "raise-fence", () -> pooler.replaceConfiguration(configuration + "; by somebody else\n"))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        } finally {
            pooler.replaceConfiguration(configuration);
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString())
                .contains("The configuration of " + pooler.name() + " was changed by something else");
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertSourceServes();
    }

    /** Nobody can sign in to such an entry, on neither side. */
    @Test
    void anEntryThatSomebodyDisablesInTheWindowIsSeenBeforeThePivot() throws Exception {
        PgBouncer pooler = world.pooler(1);
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when("set-sequences", () -> pooler.command("DISABLE shop"))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        } finally {
            pooler.command("ENABLE shop");
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString()).contains(pooler.name(), "DISABLE");
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertSourceServes();
    }

    /** After both looks at it, by a session that is gone again. */
    @Test
    void aSequenceThatSomebodySetsBackInTheWindowIsSeenBeforeThePivot() throws Exception {
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when(
                "set-sequences", () -> world.target().execute("shop", "select setval('shop.tickets', 3)"))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString())
                .contains("somebody has set a sequence of the target")
                .contains("shop.tickets");
        assertSourceServes();
    }

    @Test
    void aFenceThatSomebodyLiftsIsSeenBeforeThePivot() throws Exception {
        Map<String, Object> run;
        try (AutoCloseable ignored =
                upshift.when("stop-link", () -> world.source().execute("postgres", """
                begin read write;
                alter database shop reset default_transaction_read_only;
                commit
                """))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString()).contains("shop on the source: somebody has lifted the fence");
        assertSourceServes();
    }

    @Test
    void aSlotThatWasMadeAgainIsSeenBehindTheFenceAndUntilAllRowsWereCompared() throws Exception {
        String slot = link();
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when("raise-fence", () -> makeAgain(slot))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString()).contains(slot).contains("made again");
        assertSourceServes();
        Awaitility.await("monitoring has seen it")
                .atMost(SOON)
                .until(() -> reasons().contains(slot + " on the source was dropped and made again"));
        assertThat(upshift.get("/projects/shop/replication")).containsEntry("health", "CRITICAL");
        assertThat(reason("slot-continuity")).contains(slot);

        assertThat(upshift.await(upshift.start("verify"), SOON)).containsEntry("status", "ABORTED");
        assertThat(reason("slot-continuity")).contains(slot);

        world.target().execute("shop", "insert into shop.region values (5)");
        upshift.succeed("verify", SOON);
        Awaitility.await("no doubt is left")
                .atMost(SOON)
                .until(() -> !reasons().contains(slot + " on the source was dropped"));
        awaitAllowed();
        world.assertBothSidesEqual(SOON);
    }

    /** Nothing of it is left but who wrote the publication's row last. */
    @Test
    void aPublicationThatWasAlteredAndPutBackIsSeenBehindTheFenceAndUntilAllRowsWereCompared() throws Exception {
        String link = link();
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when("raise-fence", () -> passOver(link, 6))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }

        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString())
                .contains("Changed after the guards had looked")
                .contains("the publication " + link + " on the source was altered");
        assertSourceServes();
        Awaitility.await("monitoring has seen it")
                .atMost(SOON)
                .until(() -> reasons().contains("or its publication was altered"));
        assertThat(reason("slot-continuity")).contains(link);
        assertThat(upshift.await(upshift.start("verify"), SOON)).containsEntry("status", "ABORTED");
        assertThat(reason("slot-continuity")).contains(link);

        world.target().execute("shop", "insert into shop.region values (6)");
        upshift.succeed("verify", SOON);
        awaitAllowed();

        stop(); // or their rows of partitions would be passed over as well
        passOver(link, 7);
        write();
        Awaitility.await("between two looks, too")
                .atMost(SOON)
                .until(() -> reason("slot-continuity").contains("or its publication was altered"));
        world.target().execute("shop", "insert into shop.region values (7)");
        upshift.succeed("verify", SOON);
        awaitAllowed();
        world.assertBothSidesEqual(SOON);
    }

    private static void passOver(String link, int row) {
        for (String statement : List.of(
                "alter publication \"%s\" set (publish_via_partition_root = true)",
                "insert into shop.region values (" + row + ")",
                "alter publication \"%s\" set (publish_via_partition_root = false)")) {
            world.source().execute("shop", statement.formatted(link));
        }
    }

    /** With one row in the gap; what clients had written before is over by then. */
    private static void makeAgain(String slot) {
        String end = world.source().value("shop", "select pg_current_wal_lsn()");
        Awaitility.await("everything is on the target")
                .atMost(Duration.ofSeconds(3))
                .until(() -> world.source()
                        .value("shop", "select confirmed_flush_lsn >= '" + end + "' from pg_replication_slots")
                        .equals("t"));
        world.source().execute("shop", """
                do $$
                begin
                    for attempt in 1..500 loop
                        perform pg_terminate_backend(active_pid) from pg_replication_slots
                        where active_pid is not null;
                        begin
                            perform pg_drop_replication_slot('%s');
                            exit;
                        exception when object_in_use then
                            perform pg_sleep(0.01);
                        end;
                    end loop;
                end $$;
                insert into shop.region values (5);
                """.formatted(slot));
        world.source().execute("shop", "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
    }

    private static String link() {
        return world.target().value("shop", "select subname from pg_subscription");
    }

    private static String reason(String guard) {
        return guards().filter(result -> guard.equals(result.get("guard")))
                .filter(result -> Boolean.FALSE.equals(result.get("allowed")))
                .map(result -> String.valueOf(result.get("reason")))
                .findFirst()
                .orElse("allowed");
    }

    private static Stream<Map<?, ?>> guards() {
        return ((List<?>) upshift.plan("cutover").get("guards")).stream().map(result -> (Map<?, ?>) result);
    }

    private static void awaitAllowed() {
        Awaitility.await("a cutover is allowed")
                .atMost(SOON)
                .until(() -> upshift.plan("cutover"), plan -> Boolean.TRUE.equals(plan.get("allowed")));
    }

    private static String reasons() {
        return String.valueOf(upshift.get("/projects/shop/replication").get("reasons"));
    }

    private void assertSourceServes() {
        writers.awaitAcknowledged(50, SOON);
        assertThat(writers.errors()).isEmpty();
        assertThat(upshift.project()).containsEntry("phase", "REPLICATING").containsEntry("servingSide", "SOURCE");
        world.assertNothingLost(world.source());
    }
}
