package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody changes what the link sends while tables are copied, for days maybe, and puts it back. */
class ReplicateUnderChangeIT {

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
    void whatLeftTheLinkForAWhileIsSaidAndIsInOrderOnceItIsCopiedAnew(int source, int target) throws Exception {
        try (LabWorld started = LabWorld.builder().source(source).target(target).start();
                ControlPlane running = ControlPlane.start(directory)) {
            begin(started, running);
            int number;
            Map<String, Object> run;
            try (AutoCloseable _ = upshift.when("analyze", this::takeOutAndPutBack)) {
                number = upshift.start("replicate");
                run = upshift.await(number, LATER);
            }
            assertThat(run).containsEntry("status", "BLOCKED");
            assertThat(String.valueOf(run.get("outcome")))
                    .contains(
                            "public.part_1, public.plain was not sent for a while",
                            "on the target drop it and create it again");
            assertThat(world.target().value("shop", "select count(*) from plain"))
                    .isEqualTo("1");

            // once more, before anybody has mended anything
            goOn(number, "BLOCKED");

            world.target().execute("shop", """
                    drop table plain; create table public.plain (id int primary key);
                    drop table part_1;
                    create table public.part_1 partition of public.parted for values from (0) to (100)""");
            world.target().execute("shop", "alter subscription \"%s\" refresh publication".formatted(subscription()));
            Awaitility.await("copied anew")
                    .atMost(SOON)
                    .until(
                            () -> world.target()
                                    .value(
                                            "shop",
                                            "select count(*) filter (where srsubstate <> 'r') from pg_subscription_rel"),
                            "0"::equals);
            goOn(number, "SUCCEEDED");
            world.assertBothSidesEqual(SOON);
            upshift.succeed(
                    "verify", LATER); // a partition that was attached is told from an altered table by nothing else
            awaitAllowed();
        }
    }

    private void takeOutAndPutBack() {
        String link = subscription();
        for (String statement : List.of(
                "alter publication \"%s\" drop table plain",
                "insert into plain values (2)",
                "alter publication \"%s\" add table plain",
                "alter table parted detach partition part_1",
                "insert into part_1 values (2)",
                "alter table parted attach partition part_1 for values from (0) to (100)")) {
            world.source().execute("shop", statement.formatted(link));
        }
    }

    /** Nothing of it is left but who wrote the publication's row last; an earlier attempt is no part of it. */
    @ParameterizedTest
    @CsvSource({"14, 16"})
    void aPublicationThatWasAlteredAndPutBackIsDoubtedUntilAllRowsWereCompared(int source, int target)
            throws Exception {
        try (LabWorld started = LabWorld.builder().source(source).target(target).start();
                ControlPlane running = ControlPlane.start(directory)) {
            begin(started, running);
            try (AutoCloseable _ = upshift.when("subscribe", () -> abort(upshift))) {
                assertThat(upshift.await(upshift.start("replicate"), LATER)).containsEntry("status", "ABORTED");
            }
            Map<String, Object> run;
            try (AutoCloseable _ = upshift.when("analyze", this::alterAndPutBack)) {
                run = upshift.succeed("replicate", LATER);
            }
            assertThat(String.valueOf(run.get("outcome")))
                    .contains("the publication " + subscription() + " on the source was altered", "Verify: ");
            assertThat(refusals()).contains("slot-continuity", "its publication was altered");
            assertThat(upshift.await(upshift.start("verify"), LATER)).containsEntry("status", "ABORTED");

            world.target().execute("shop", "update plain set id = 7 where id = 1");
            upshift.succeed("verify", LATER);
            awaitAllowed();
            world.assertBothSidesEqual(SOON);
        }
    }

    private static void abort(ControlPlane upshift) {
        upshift.post("/projects/shop/runs/" + upshift.newestRun().get("number") + "/abort", Map.of());
    }

    private void alterAndPutBack() {
        String link = subscription();
        for (String statement : List.of(
                "alter publication \"%s\" set (publish = 'insert')",
                "update plain set id = 7 where id = 1",
                "alter publication \"%s\" set (publish = 'insert, update, delete, truncate')")) {
            world.source().execute("shop", statement.formatted(link));
        }
    }

    private void begin(LabWorld started, ControlPlane running) {
        world = started;
        upshift = running;
        world.source().execute("shop", TABLES);
        upshift.register(ControlPlane.project(world, settings -> settings));
        upshift.succeed("copy-schema", SOON);
    }

    private void goOn(int number, String until) {
        int before = upshift.rows(number).size();
        upshift.post("/projects/shop/runs/" + number + "/continue", Map.of());
        Awaitility.await("the run goes on")
                .atMost(SOON)
                .until(() -> upshift.rows(number).size() > before
                        && until.equals(
                                upshift.get("/projects/shop/runs/" + number).get("status")));
    }

    private String subscription() {
        return world.target().value("shop", "select subname from pg_subscription");
    }

    private String refusals() {
        Map<String, Object> plan = upshift.plan("cutover");
        assertThat(plan).containsEntry("allowed", false);
        return String.valueOf(plan.get("guards"));
    }

    private void awaitAllowed() {
        Awaitility.await("a cutover is allowed")
                .atMost(SOON)
                .until(() -> upshift.plan("cutover"), plan -> Boolean.TRUE.equals(plan.get("allowed")));
    }
}
