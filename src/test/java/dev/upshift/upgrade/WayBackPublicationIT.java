package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.PgBouncer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody changes the publication of the way back after it was made and before anybody reads from it, and puts it back:
 * no row that it left out is lost by a rollback that nobody was warned of.
 */
class WayBackPublicationIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    private static final String TABLES = """
            create table public.plain (id int primary key);
            create table public.parted (id int primary key) partition by range (id);
            create table public.part_1 partition of public.parted for values from (0) to (100);
            insert into public.plain values (1);
            insert into public.parted values (1);""";

    @TempDir
    private Path directory;

    private LabWorld world;
    private ControlPlane upshift;

    @ParameterizedTest
    @CsvSource({"13, 17", "15, 18"})
    void beforeThePivotTheRunTurnsBackAndPastItTheWayBackIsNotCalledReady(int source, int target) throws Exception {
        try (LabWorld started = LabWorld.builder().source(source).target(target).start();
                ControlPlane running = ControlPlane.start(directory)) {
            world = started;
            upshift = running;
            begin();

            turnsBack("wait-for-calm", "alter publication \"%1$s\" drop table plain", "public.plain left it");
            turnsBack(
                    "raise-fence",
                    "alter publication \"%1$s\" set (publish = 'insert');"
                            + " alter publication \"%1$s\" set (publish = 'insert, update, delete, truncate')",
                    "it was altered");
            upshift.succeed("rehearse", SOON);

            tableOutAndIn();
            partitionOutUntilAfterwards();
            settingsThereAndBack();
            partitionGoneWhereItGoes();
        }
    }

    private void begin() {
        world.source().execute("shop", TABLES);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
            return settings;
        }));
        upshift.succeed("copy-schema", SOON);
        upshift.succeed("replicate", LATER);
    }

    private void turnsBack(String step, String change, String words) throws Exception {
        Map<String, Object> run;
        try (AutoCloseable _ = upshift.when(step, () -> onWayBack(change))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }
        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(String.valueOf(run.get("outcome")))
                .contains("of the way back on the target is not as it was made", words);
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(upshift.project()).containsEntry("servingSide", "SOURCE");
    }

    /** Out, a row, in again, all before the other side subscribes. */
    private void tableOutAndIn() throws Exception {
        Map<String, Object> run;
        try (AutoCloseable _ = upshift.when("drop-old-link", () -> {
            onWayBack("alter publication \"%1$s\" drop table plain");
            onWayBack("insert into plain values (2)");
            onWayBack("alter publication \"%1$s\" add table plain");
        })) {
            run = upshift.succeed("cutover", SOON);
        }
        assertNotReady(run, "public.plain was not sent for a while");
        assertThat(refusal("new-objects"))
                .contains("public.plain was not sent for a while", "missing on the source")
                .doesNotContain("came after");
        assertThat(world.source().value("shop", "select count(*) from plain")).isEqualTo("1");

        mend("drop table public.plain; create table public.plain (id int primary key)");
        Awaitility.await("copied anew")
                .atMost(SOON)
                .until(() -> world.source().value("shop", "select count(*) from plain"), "2"::equals);
        verify();
        goBack();
    }

    /** Out before the other side subscribes, in afterwards: there nobody knows of it. */
    private void partitionOutUntilAfterwards() throws Exception {
        Map<String, Object> run;
        try (AutoCloseable _ = upshift.when("drop-old-link", () -> {
            onWayBack("alter table parted detach partition part_1");
            onWayBack("insert into part_1 values (2)");
        })) {
            run = upshift.succeed("cutover", SOON);
        }
        assertNotReady(run, "public.part_1 is not sent any more");
        assertThat(refusal("tables-published"))
                .contains("public.part_1 is not sent any more")
                .doesNotContain("came after");
        onWayBack("alter table parted attach partition part_1 for values from (0) to (100)");
        for (int look = 0; look < 2; look++) {
            assertThat(refusal("new-objects"))
                    .contains("public.part_1 was not sent for a while", "missing on the source");
        }

        mend("drop table public.part_1;"
                + " create table public.part_1 partition of public.parted for values from (0) to (100)");
        Awaitility.await("copied anew")
                .atMost(SOON)
                .until(() -> world.source().value("shop", "select count(*) from part_1"), "2"::equals);
        verify();
        goBack();
    }

    /** Nothing of it is left but who wrote the publication's row last. */
    private void settingsThereAndBack() throws Exception {
        Map<String, Object> run;
        try (AutoCloseable _ = upshift.when("drop-old-link", () -> {
            onWayBack("alter publication \"%1$s\" set (publish = 'insert')");
            onWayBack("update plain set id = 7 where id = 2");
            onWayBack("alter publication \"%1$s\" set (publish = 'insert, update, delete, truncate')");
        })) {
            run = upshift.succeed("cutover", SOON);
        }
        assertNotReady(run, "was altered since it was made, even if it was put back");
        assertThat(refusal("slot-continuity")).contains("its publication was altered", "Verify now");
        assertThat(upshift.await(upshift.start("verify"), LATER)).containsEntry("status", "ABORTED");

        onSource("update public.plain set id = 7 where id = 2");
        upshift.succeed("verify", LATER);
        goBack();
    }

    /** Nobody could subscribe to it, and the server would say so of a relation without a side. */
    private void partitionGoneWhereItGoes() throws Exception {
        int number;
        try (AutoCloseable _ = upshift.when("raise-fence", () -> world.source().execute("shop", "drop table part_1"))) {
            number = upshift.start("cutover");
            Awaitility.await("it is named")
                    .atMost(SOON)
                    .until(() -> upshift.journal(number)
                            .contains("The way back cannot begin: shop on the source: it lacks public.part_1"));
        }
        assertThat(upshift.project()).containsEntry("servingSide", "TARGET");
        assertThat(refusal("no-other-run")).contains("nothing else is looked at meanwhile");
        assertThat(upshift.plan("rollback").toString()).doesNotContain("tables-ready");

        world.target().execute("shop", "drop table part_1");
        Map<String, Object> run = upshift.await(number, SOON);
        assertThat(run).containsEntry("status", "SUCCEEDED");
        assertThat(String.valueOf(run.get("outcome"))).endsWith("The way back is ready.");
        goBack();
    }

    /** What was copied anew, or a partition that was attached, is known to be equal by nothing else. */
    private void verify() {
        Awaitility.await("a comparison is allowed")
                .atMost(SOON)
                .until(() -> upshift.plan("verify"), plan -> Boolean.TRUE.equals(plan.get("allowed")));
        upshift.succeed("verify", LATER);
    }

    private void assertNotReady(Map<String, Object> run, String words) {
        assertThat(String.valueOf(run.get("outcome")))
                .startsWith("The target serves")
                .contains("The way back is not ready: ", words)
                .doesNotContain("is ready");
        assertThat(upshift.project()).containsEntry("servingSide", "TARGET");
    }

    private void mend(String again) throws SQLException {
        onSource(again);
        String subscription = world.source().value("shop", "select subname from pg_subscription");
        try (Connection connection = world.source().connect("shop");
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter subscription \"%s\" refresh publication".formatted(subscription));
        }
    }

    private void goBack() {
        Awaitility.await("a rollback is allowed")
                .atMost(SOON)
                .until(() -> upshift.plan("rollback"), plan -> Boolean.TRUE.equals(plan.get("allowed")));
        Map<String, Object> run = upshift.succeed("rollback", SOON);
        assertThat(String.valueOf(run.get("outcome"))).endsWith("The way back is ready.");
        world.assertBothSidesEqual(SOON);
    }

    private void onWayBack(String change) {
        String publication =
                world.target().value("shop", "select pubname from pg_publication where pubname like 'upshift%'");
        world.target().execute("shop", change.formatted(publication));
    }

    /** Behind its fence. */
    private void onSource(String change) {
        world.source().execute("shop", "begin read write; " + change + "; commit");
    }

    private String refusal(String guard) {
        Map<String, Object> plan = upshift.plan("rollback");
        assertThat(plan).containsEntry("allowed", false);
        return ((List<?>) plan.get("guards"))
                .stream()
                        .map(result -> (Map<?, ?>) result)
                        .filter(result -> guard.equals(result.get("guard")))
                        .filter(result -> Boolean.FALSE.equals(result.get("allowed")))
                        .map(result -> String.valueOf(result.get("reason")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(guard + " does not block: " + plan.get("guards")));
    }
}
