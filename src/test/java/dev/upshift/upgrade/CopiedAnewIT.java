package dev.upshift.upgrade;

import static dev.upshift.upgrade.AlteredTables.LATER;
import static dev.upshift.upgrade.AlteredTables.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables that are copied anew while clients write: the way that the guards tell brings every row once, and another one is
 * seen by the next plan.
 */
class CopiedAnewIT {

    private static final String LOG = "create table public.log (id int, words text)";
    private static final String KEYED = "create table public.keyed (id int primary key, words text)";

    @TempDir
    private static Path directory;

    private static AlteredTables tables;
    private static String link;

    @BeforeAll
    static void replicate() throws Exception {
        tables = AlteredTables.copied(
                LabWorld.builder()
                        .source(13)
                        .target(15) // the last that does not wake a worker whose subscription is disabled
                        .clusters(cluster -> cluster.setting("wal_retrieve_retry_interval", "500ms"))
                        .start(),
                LOG + "; alter table public.log replica identity full; " + KEYED,
                directory);
        tables.upshift.succeed("replicate", LATER);
        link = tables.world.target().value("shop", "select subname from pg_subscription");
        assertThat(tables.reason("cutover")).isEqualTo("allowed");
    }

    @AfterAll
    static void end() {
        tables.close();
    }

    @Test
    void aTableThatIsMadeAgainWhileTheWorkerRunsIsADoubtUntilAllIsCompared() throws Exception {
        try (Inserts _ = new Inserts("log")) {
            // at once: a worker that met none would fail, and begin anew
            target("drop table public.log; " + LOG + "; alter table public.log replica identity full");
            Inserts.await("log");
            assertThat(tables.reason("cutover", "new-objects"))
                    .contains("public.log was dropped and made again", "DISABLE", "ENABLE");
            target("alter subscription \"%s\" refresh publication".formatted(link));
            allReady();
        }
        assertThat(tables.world.target().value("shop", "select count(*) > count(distinct id) from public.log"))
                .as("rows that came twice")
                .isEqualTo("t");
        assertThat(tables.reason("cutover")).contains(" on the target: public.log was dropped, be it made again");
        assertThat(tables.reason("cutover")).contains("public.log"); // whoever looked
        assertThat(tables.upshift.await(tables.upshift.start("verify"), LATER))
                .doesNotContainEntry("status", "SUCCEEDED");
        assertThat(tables.reason("cutover")).contains("public.log");

        copyAnewAsTold("log", LOG + "; alter table public.log replica identity full");
        copyAnewAsTold("keyed", KEYED);
    }

    private static void copyAnewAsTold(String table, String creation) throws Exception {
        try (Inserts _ = new Inserts(table)) {
            target("alter subscription \"%s\" disable".formatted(link));
            workerEnded();
            target("drop table public." + table);
            target(creation);
            target("alter subscription \"%s\" enable".formatted(link));
            target("alter subscription \"%s\" refresh publication".formatted(link));
            allReady();
            Inserts.await(table);
        }
        assertThat(tables.reason("cutover")).contains("public." + table);
        tables.verifiedAndAllowed();
        assertThat(tables.world.target().value("shop", "select count(*) = count(distinct id) from public." + table))
                .isEqualTo("t");
    }

    /** Its key tells, and the server says it to nobody but its log. */
    @Test
    void aCopyThatMeetsItsOwnRowsIsToldWithTheWayOut() {
        tables.onSource("create table public.late (id int primary key); insert into public.late values (1), (2)");
        target("create table public.late (id int primary key); insert into public.late values (2)");
        tables.onSource("alter publication \"%s\" add table public.late".formatted(link));
        target("alter subscription \"%s\" refresh publication".formatted(link));

        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(tables.reason("cutover", "tables-ready"))
                        .contains(
                                "the copy of public.late fails and is tried again",
                                "duplicate key",
                                "TRUNCATE it between ALTER SUBSCRIPTION " + link + " DISABLE"));
        target("alter subscription \"%s\" disable".formatted(link));
        workerEnded();
        target("truncate public.late");
        target("alter subscription \"%s\" enable".formatted(link));
        allReady();

        assertThat(tables.reason("cutover", "tables-ready")).isEqualTo("allowed");
        tables.verifiedAndAllowed();
    }

    private static void target(String statement) {
        tables.world.target().execute("shop", statement);
    }

    private static void workerEnded() {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> tables.world
                        .target()
                        .value(
                                "shop",
                                "select count(pid) from pg_stat_subscription where subname = '%s'".formatted(link))
                        .equals("0"));
    }

    private static void allReady() {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> tables.world
                        .target()
                        .value("shop", "select bool_and(srsubstate = 'r') and count(*) > 2 from pg_subscription_rel")
                        .equals("t"));
    }

    /** A client of the source that goes on inserting, one row after the other. */
    private static final class Inserts implements AutoCloseable {

        private static final AtomicInteger NUMBER = new AtomicInteger();

        private final AtomicBoolean over = new AtomicBoolean();
        private final CompletableFuture<Void> work;

        Inserts(String table) {
            work = CompletableFuture.runAsync(() -> insert(table), Thread::startVirtualThread);
            await(table);
        }

        private void insert(String table) {
            try (Connection connection = tables.world.source().connect("shop");
                    PreparedStatement row =
                            connection.prepareStatement("insert into public.%s values (?, 'x')".formatted(table))) {
                while (!over.get()) {
                    row.setInt(1, NUMBER.incrementAndGet());
                    row.executeUpdate();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Until some more rows are in. */
        static void await(String table) {
            String count = "select count(*) from public." + table;
            long before = Long.parseLong(tables.world.source().value("shop", count));
            Awaitility.await(table)
                    .atMost(SOON)
                    .until(() -> Long.parseLong(tables.world.source().value("shop", count)) > before + 20);
        }

        @Override
        public void close() {
            over.set(true);
            work.join();
        }
    }
}
