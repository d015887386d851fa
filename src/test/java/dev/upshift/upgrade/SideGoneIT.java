package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.ResponseEntity;

/** The side that does not serve is taken away for good: the one that serves is cleaned all the same, once that is said. */
class SideGoneIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    /** A table whose copy fails again and again, because the target has the row already. */
    private static final String DISPUTED = """
            create table public.disputed (id int primary key);
            insert into public.disputed values (1)""";

    private static final String COPY = "select coalesce(max(slot_name), '') from pg_replication_slots"
            + " where slot_name ~ '_sync_' and slot_name !~ '_4711$'";

    private static final String OTHERS = "pg_4711_sync_16385_4711";

    @TempDir
    private Path directory;

    /** Nothing listens at its port any more. */
    @Test
    void anUpgradeIsFinishedAfterTheSourceWasDeleted() throws SQLException {
        try (LabWorld world = world();
                ControlPlane upshift = ControlPlane.start(directory)) {
            register(upshift, world);
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            LedgerWriters writers = world.startWriters(4, 40);
            upshift.succeed("cutover", SOON);
            assertThat(upshift.plan("finish")).containsEntry("leftOut", null).containsEntry("allowed", true);
            assertThat(reason(upshift.plan("finish"), "verification")).startsWith("Both sides were never compared");
            world.source().stop();

            Map<String, Object> plan = upshift.plan("finish");
            String address = PostgresCluster.HOST + ":" + world.source().port();
            assertThat(reason(plan, "source-reachable"))
                    .startsWith(
                            "The source at " + address + " does not answer: Nothing accepts connections at " + address)
                    .contains("type “shop without source”");
            assertThat(statements(plan)).isNotEmpty().allMatch(action -> "target/shop".equals(action.get("where")));
            assertThat(String.valueOf(plan.get("steps"))).doesNotContain("Not known to the end");

            assertThat(reasons(start(upshift, "finish", plan, "shop"))).contains("type “shop without source”");
            Map<String, Object> run = finished(upshift, start(upshift, "finish", plan, "shop without source"));

            assertClean(world.target());
            assertThat(upshift.project()).containsEntry("phase", "FINISHED").containsEntry("servingSide", "TARGET");
            assertThat(run.get("evidence")).isEqualTo(Map.of("without", "source"));
            assertThat(String.valueOf(run.get("outcome")))
                    .contains("nothing of ours is left there", "The source at " + address + " was not reached")
                    .contains("in shop subscription upshift_shop_shop_", "It is still fenced");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> upshift.metadata("select string_agg(sentence, ' ') from audit_entry")
                            .contains("Finish without the source"));
            writers.awaitAcknowledged(20, SOON);
            writers.stop();
            assertThat(writers.errors()).isEmpty();
            assertThat(world.poolers())
                    .noneMatch(PgBouncer::paused)
                    .allMatch(pooler -> pooler.leadsTo("shop") == world.target().port());
            assertThat(Pages.of(upshift)
                            .open("/projects/shop/runs/" + run.get("number"))
                            .text())
                    .contains("DROP SCHEMA IF EXISTS upshift CASCADE");

            // it comes back after all
            world.source().restart();
            byHand(plan, world.source());
            assertClean(world.source());
            assertThat(world.source().value("shop", "show default_transaction_read_only"))
                    .isEqualTo("off");
        }
    }

    /** It neither answers nor refuses, and leaves the slot of a copy that it had begun. */
    @Test
    void anUpgradeIsAbandonedWhileTheTargetIsABlackHole() {
        try (LabWorld world = world();
                ControlPlane upshift = ControlPlane.start(directory)) {
            register(upshift, world);
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            String copy = beginCopyThatFails(world);
            world.source()
                    .execute("shop", "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(OTHERS));

            world.target().suspend();
            try {
                Map<String, Object> plan = upshift.plan("abandon");
                assertThat(reason(plan, "target-reachable"))
                        .contains("did not answer in time", "type “shop without target”");
                assertThat(reasons(start(upshift, "abandon", plan, "shop"))).contains("type “shop without target”");
                Map<String, Object> run = finished(upshift, start(upshift, "abandon", plan, "shop without target"));

                assertThat(String.valueOf(run.get("outcome")))
                        .contains("No fence of ours keeps anybody from writing")
                        .contains("whose they are is not known, so they stay: " + OTHERS + ".");
                assertThat(world.source().value("shop", "select string_agg(slot_name, ' ') from pg_replication_slots"))
                        .as("without " + copy)
                        .isEqualTo(OTHERS);
                assertThat(world.source().value("shop", "select count(*) from pg_publication"))
                        .isEqualTo("0");
                assertThat(upshift.project()).containsEntry("phase", "ABANDONED");
            } finally {
                world.target().thaw();
            }
        }
    }

    /** Its name does not resolve any more, and it is still fenced. */
    @Test
    void anUpgradeIsAbandonedAfterARollbackWithoutTheTarget() throws SQLException {
        try (LabWorld world = world();
                ControlPlane upshift = ControlPlane.start(directory)) {
            register(upshift, world);
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            upshift.succeed("cutover", SOON);
            upshift.succeed("rollback", SOON);
            world.target().stop();
            assertThat(upshift.metadata("update project_cluster set host = 'gone.invalid' where side = 'TARGET'"
                            + " returning host"))
                    .isEqualTo("gone.invalid");

            Map<String, Object> plan = upshift.plan("abandon");
            assertThat(reason(plan, "target-reachable")).contains("The target at gone.invalid:", "without target");
            Map<String, Object> run = finished(upshift, start(upshift, "abandon", plan, "shop without target"));

            assertClean(world.source());
            assertThat(String.valueOf(run.get("outcome"))).contains("It is still fenced");
            assertThat(upshift.journal((Integer) run.get("number")))
                    .contains("No switch has left a fence on the source.");
            assertThat(upshift.project()).containsEntry("phase", "ABANDONED").containsEntry("servingSide", "SOURCE");

            world.target().restart();
            byHand(plan, world.target());
            assertClean(world.target());
        }
    }

    /** What is ours is in it still, whatever it is called. */
    @Test
    void aDatabaseThatHasAnotherNameNowWasNotDropped() {
        try (LabWorld world = world();
                ControlPlane upshift = ControlPlane.start(directory)) {
            register(upshift, world);
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            upshift.succeed("cutover", SOON);
            PostgresCluster source = world.source();
            rename(source, "shop", "shop \"old\"");

            Map<String, Object> plan = upshift.plan("finish");
            assertThat(plan).containsEntry("allowed", false).containsEntry("leftOut", null);
            String renamed = reason(plan, "source-reachable");
            assertThat(renamed).contains("shop (now shop \"old\")", "Give each its name back");
            assertThat(reasons(start(upshift, "finish", plan, "shop without source")))
                    .contains("shop (now shop");

            // another one in its place does not make it clean
            source.execute("postgres", "create database shop");
            assertThat(reason(upshift.plan("finish"), "source-reachable")).contains("shop (now shop \"old\")");
            source.execute("postgres", "drop database shop with (force)");

            // its oid tells where it is also when the subscription is gone
            String link = source.value("shop \"old\"", "select subname from pg_subscription");
            source.execute(
                    "shop \"old\"",
                    "begin read write; alter subscription %1$s disable; alter subscription %1$s set (slot_name = none); drop subscription %1$s; commit"
                            .formatted(link));
            plan = upshift.plan("finish");
            assertThat(reason(plan, "source-reachable")).isEqualTo(renamed);

            statements(renamed).forEach(statement -> source.execute("postgres", statement));
            finished(upshift, start(upshift, "finish", upshift.plan("finish"), "shop"));
            assertClean(source);
            assertClean(world.target());
        }
    }

    private static void rename(PostgresCluster cluster, String from, String to) {
        Awaitility.await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            cluster.execute(
                    "postgres",
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(from));
            cluster.execute(
                    "postgres", "alter database \"%s\" rename to \"%s\"".formatted(from, to.replace("\"", "\"\"")));
        });
    }

    /** Those that a sentence of the plan has. */
    private static List<String> statements(String sentence) {
        return Pattern.compile("(SELECT pg_terminate|ALTER DATABASE)[^;]*;")
                .matcher(sentence)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static LabWorld world() {
        return LabWorld.builder().poolers(1).durable(false).start();
    }

    private static void register(ControlPlane upshift, LabWorld world) {
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
            return settings;
        }));
    }

    private static String beginCopyThatFails(LabWorld world) {
        world.source().execute("shop", DISPUTED);
        world.target().execute("shop", DISPUTED);
        String link = world.target().value("shop", "select subname from pg_subscription");
        world.source().execute("shop", "alter publication %s add table public.disputed".formatted(link));
        world.target().execute("shop", "alter subscription %s refresh publication".formatted(link));
        return Awaitility.await().atMost(SOON).until(() -> world.source().value("shop", COPY), name -> !name.isEmpty());
    }

    private static ResponseEntity<Map<String, Object>> start(
            ControlPlane upshift, String procedure, Map<String, Object> plan, String confirmation) {
        return upshift.post(
                "/projects/shop/runs",
                Map.of(
                        "procedure", procedure,
                        "planVersion", plan.get("version"),
                        "confirmation", confirmation));
    }

    private static String reasons(ResponseEntity<Map<String, Object>> answer) {
        assertThat(answer.getStatusCode().value()).isEqualTo(409);
        return String.valueOf(answer.getBody());
    }

    private static Map<String, Object> finished(UpshiftApi upshift, ResponseEntity<Map<String, Object>> answer) {
        Map<String, Object> started = answer.getBody();
        assertThat(answer.getStatusCode().value()).as("%s", started).isEqualTo(202);
        assertThat(started).isNotNull();
        int number = (Integer) started.get("number");
        Map<String, Object> run = upshift.await(number, SOON);
        assertThat(run).as(upshift.journal(number)).containsEntry("status", "SUCCEEDED");
        return run;
    }

    private static String reason(Map<String, Object> plan, String guard) {
        return parts(plan.get("guards")).stream()
                .filter(one -> guard.equals(one.get("guard")))
                .map(one -> String.valueOf(one.get("reason")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<?, ?>> statements(Map<String, Object> plan) {
        return parts(plan.get("steps")).stream()
                .flatMap(step -> parts(step.get("actions")).stream())
                .toList();
    }

    /** Runs what the plan says, a statement at a time, in another database where it says so. */
    private static void byHand(Map<String, Object> plan, PostgresCluster side) throws SQLException {
        for (Map<?, ?> one : parts(((Map<?, ?>) plan.get("leftOut")).get("byHand"))) {
            run(String.valueOf(one.get("statements")), side, String.valueOf(one.get("database")));
            if (one.get("lifting") != null) {
                run(String.valueOf(one.get("lifting")), side, "postgres");
            }
        }
    }

    private static void run(String statements, PostgresCluster side, String database) throws SQLException {
        try (Connection connection = side.connect(database);
                Statement statement = connection.createStatement()) {
            for (String one : statements.split("(?<=;) ")) {
                statement.execute(one);
            }
        }
    }

    private static List<Map<?, ?>> parts(Object list) {
        return ((List<?>) list)
                .stream().<Map<?, ?>>map(part -> (Map<?, ?>) part).toList();
    }

    private static void assertClean(PostgresCluster cluster) {
        assertThat(cluster.value("shop", """
                select concat_ws(' ',
                    (select count(*) from pg_replication_slots), (select count(*) from pg_publication),
                    (select count(*) from pg_subscription), (select count(*) from pg_replication_origin),
                    (select count(*) from pg_namespace where nspname = 'upshift'))""")).isEqualTo("0 0 0 0 0");
    }
}
