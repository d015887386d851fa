package dev.upshift.upgrade;

import static dev.upshift.upgrade.AlteredTables.LATER;
import static dev.upshift.upgrade.AlteredTables.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What DDL does to tables between a comparison and a switch, of which no link sends anything: rows would be lost, so a
 * switch is not allowed before both sides were compared again.
 */
class AlteredTablesIT {

    private static final String TABLES = """
            create table public.during (id int primary key);
            create table public.wide (id int primary key, words text);
            create table public.narrow (id int primary key);
            create table public.part (id int primary key, words text) partition by range (id);
            create table public.part_1 partition of public.part for values from (0) to (100);
            create table public.short (id int primary key) partition by range (id);
            create table public.short_1 partition of public.short for values from (0) to (100);
            create table public.one (id int primary key, words text);
            create table public.other (id int primary key, words text);
            insert into public.during values (1);
            insert into public.wide values (1, 'x');
            insert into public.narrow values (1);
            insert into public.one values (1, 'one');
            insert into public.other values (2, 'other');
            """;

    @TempDir
    private static Path directory;

    private static AlteredTables tables;
    private static LabWorld world;
    private static ControlPlane upshift;

    @BeforeAll
    static void replicate() throws Exception {
        tables = AlteredTables.copied(LabWorld.builder().start(), TABLES, directory);
        world = tables.world;
        upshift = tables.upshift;
        try (AutoCloseable ignored = upshift.when("build-held-back", () -> onSource(shifted("during", "+ 100")))) {
            upshift.succeed("replicate", LATER);
        }
        assertThat(reason("cutover")).contains("columns of public.during were changed", "may be missing on the target");
        onSource(shifted("during", "- 100"));
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    @AfterAll
    static void end() {
        tables.close();
    }

    @Test
    void whatIsReplicatedOrChangesNoRowIsNoDoubt() {
        onSource("vacuum full public.wide");
        onSource("cluster public.wide using wide_pkey; alter table public.wide set without cluster");
        onSource("vacuum freeze; analyze");
        onSource("truncate public.wide, public.narrow");
        onSource("reindex table public.narrow");
        onSource("insert into public.wide values (2, 'y'); insert into public.narrow values (2)");
        world.assertBothSidesEqual(SOON);

        assertThat(reason("cutover")).isEqualTo("allowed");
        assertThat(upshift.plan("cutover")).containsEntry("allowed", true);
    }

    /** A table of short columns only has no TOAST table by which it could be told. */
    @Test
    void whatCannotBeToldFromWorseIsSaid() {
        assertThat(reason("cutover")).isEqualTo("allowed"); // whatever was truncated before
        onSource("vacuum full public.narrow");

        assertThat(reason("cutover")).contains("public.narrow was written anew by ALTER TABLE, VACUUM FULL or CLUSTER");
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    @Test
    void rowsThatAlterTableHasWrittenAnew() {
        onSource(shifted("wide", "+ 100"));

        assertThat(reason("cutover")).contains("shop on the source: ", "columns of public.wide were changed", "Verify");
        assertThat(upshift.plan("cutover")).containsEntry("allowed", false);
        assertThat(upshift.await(upshift.start("verify"), LATER)).containsEntry("status", "ABORTED");
        assertThat(reason("cutover")).contains("public.wide");
        onSource(shifted("wide", "- 100"));
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    @Test
    void rowsThatWereWrittenWhileAPartitionWasNotLogged() {
        for (String partition : List.of("part_1", "short_1")) {
            onSource("alter table public.%s set unlogged".formatted(partition));
            upshift.succeed("verify", LATER);
            upshift.plan("cutover");
            onSource("insert into public.%s (id) values (5)".formatted(partition));
            onSource("alter table public.%s set logged".formatted(partition));

            assertThat(reason("cutover")).contains("public." + partition + " was written anew by ALTER TABLE");
            onTarget("insert into public.%s (id) values (5)".formatted(partition));
            upshift.succeed("verify", LATER);
            assertThat(reason("cutover")).isEqualTo("allowed");
        }
    }

    /** Before clients are held, and while they are. */
    @Test
    void afterTheGuardsTheSameIsSeenByTheRun() throws Exception {
        int row = 10;
        for (String step : List.of("wait-for-calm", "pause-poolers")) {
            String lost = "insert into public.part values (%d, 'lost')".formatted(row++);
            Map<String, Object> run;
            try (AutoCloseable ignored = upshift.when(step, () -> {
                onSource("alter table public.part_1 set unlogged");
                onSource(lost);
                onSource("alter table public.part_1 set logged");
            })) {
                run = upshift.await(upshift.start("cutover"), SOON);
            }

            assertThat(run).as(step).containsEntry("status", "ABORTED");
            assertThat(run.get("outcome").toString()).contains("public.part_1 was written anew by ALTER TABLE");
            assertThat(reason("cutover")).contains("public.part_1");
            onTarget(lost);
            upshift.succeed("verify", LATER);
            assertThat(reason("cutover")).isEqualTo("allowed");
        }
    }

    @Test
    void rowsThatWereWrittenWhileTwoTablesHadTheirNamesOnOneSideOnly() {
        onSource(SWAP);
        onSource("insert into public.one values (50, 'astray')");
        arrived("select count(*) from public.one where id = 50");
        onTarget(SWAP);

        assertThat(reason("cutover")).contains("public.one, public.other was renamed");
        onTarget("""
                delete from public.other where id = 50;
                insert into public.one values (50, 'astray');""");
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    @Test
    void rowsThatWereWrittenWhileTwoTablesHadEachOthersNames() {
        onSource(SWAP);
        onSource("insert into public.one values (60, 'astray')");
        arrived("select count(*) from public.one where id = 60");
        onSource(SWAP);

        assertThat(reason("cutover")).contains("public.one, public.other was renamed");
        onTarget("""
                delete from public.one where id = 60;
                insert into public.other values (60, 'astray');""");
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    /** For longer than a moment, and not for longer than clients may be held. */
    @Test
    void aTruncateThatIsLateIsWaitedForWhileClientsAreHeld() throws Exception {
        assertThat(reason("cutover")).isEqualTo("allowed");
        List<CompletableFuture<Void>> late = new ArrayList<>();
        try (AutoCloseable ignored = upshift.when("pause-poolers", () -> {
            late.add(CompletableFuture.runAsync(
                    () -> onTarget("lock table public.narrow in share mode; select pg_catalog.pg_sleep(2.5)")));
            Awaitility.await("lock")
                    .atMost(SOON)
                    .until(() -> !world.target()
                            .value(
                                    "shop",
                                    "select count(*) from pg_locks where relation = 'public.narrow'::regclass"
                                            + " and mode = 'ShareLock' and granted")
                            .equals("0"));
            onSource("truncate public.narrow");
        })) {
            upshift.succeed("rehearse", SOON);
        }
        late.forEach(CompletableFuture::join);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    @Test
    void rowsThatArrivedWhileTwoTablesHadEachOthersNamesOnTheOtherSide() {
        onTarget(SWAP);
        onSource("insert into public.one values (70, 'astray')");
        arrived("select count(*) from public.one where id = 70");
        onTarget(SWAP);

        assertThat(reason("cutover"))
                .contains(" on the target: public.one, public.other was renamed")
                .doesNotContain("on the source,");
        onTarget("""
                delete from public.other where id = 70;
                insert into public.one values (70, 'astray');""");
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    /** The other side's file says nothing about what is done here later. */
    @Test
    void whatIsWrittenAnewOnTheOtherSideExplainsNothingHere() {
        assertThat(reason("cutover")).isEqualTo("allowed");
        onTarget("cluster public.short_1 using short_1_pkey; alter table public.short_1 set without cluster");
        assertThat(reason("cutover")).isEqualTo("allowed");

        onSource("alter table public.short_1 set unlogged");
        onSource("insert into public.short_1 values (7)");
        onSource("alter table public.short_1 set logged");

        assertThat(reason("cutover")).contains(" on the source: public.short_1 was written anew");
        onTarget("insert into public.short_1 values (7)");
        upshift.succeed("verify", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    @Test
    void onTheWayBackItCountsFromTheSwitchOn() {
        upshift.succeed("cutover", LATER);
        assertThat(reason("rollback")).isEqualTo("allowed");
        onTarget(shifted("wide", "+ 100"));

        assertThat(reason("rollback"))
                .contains("on the target", "columns of public.wide were changed", "missing on the source");
        onTarget(shifted("wide", "- 100"));
        upshift.succeed("verify", LATER);
        assertThat(reason("rollback")).isEqualTo("allowed");
        upshift.succeed("rollback", LATER);
        assertThat(reason("cutover")).isEqualTo("allowed");
    }

    private static final String SWAP = """
            alter table public.one rename to between;
            alter table public.other rename to one;
            alter table public.between rename to other;
            """;

    private static String shifted(String table, String by) {
        return "alter table public.%s alter column id type int using id %s".formatted(table, by);
    }

    private static void onSource(String statements) {
        tables.onSource(statements);
    }

    private static void onTarget(String statements) {
        tables.onTarget(statements);
    }

    private static void arrived(String count) {
        tables.arrived(count);
    }

    private static String reason(String procedure) {
        return tables.reason(procedure);
    }
}
