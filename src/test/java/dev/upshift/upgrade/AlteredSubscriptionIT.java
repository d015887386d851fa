package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody lets a subscription pass over rows that clients have written, and all is as before when anybody looks: no
 * switch goes through before a comparison has found the rows on both sides.
 */
class AlteredSubscriptionIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final String ALTERED = "was altered by somebody";

    private static final String TABLES = """
            create table public.plain (id int primary key);
            create table public.other (id int primary key);
            create publication other for table public.other;""";

    @TempDir
    private Path directory;

    private LabWorld world;
    private ControlPlane upshift;
    private int rows;

    @ParameterizedTest
    @CsvSource({"13, 17", "15, 18"})
    void nothingIsPassedOverUnnoticed(int source, int target) throws Exception {
        try (LabWorld started = LabWorld.builder()
                        .source(source)
                        .target(target)
                        .clusters(cluster -> cluster.setting("wal_retrieve_retry_interval", "500ms"))
                        .start();
                ControlPlane running = ControlPlane.start(directory)) {
            world = started;
            upshift = running;
            begin();
            Way there = new Way("cutover", world.source(), world.target());

            refuses(there, () -> there.readOther(this::write));
            refuses(there, () -> there.advanceSlot(this::write));
            refuses(there, () -> there.advanceOrigin(this::write));
            refuses(there, () -> there.skip(this::write));
            turnsBack(there, "wait-for-calm");
            turnsBack(there, "pause-poolers");
            whatWeAlterOurselvesIsNoReason();

            upshift.succeed("cutover", SOON);
            Way back = new Way("rollback", world.target(), world.source());
            back.publishOther();
            assertThat(upshift.plan("rollback")).containsEntry("allowed", true);
            refuses(back, () -> back.readOther(this::write));
            refuses(back, () -> back.advanceSlot(this::write));
            upshift.succeed("rollback", SOON);
            world.assertBothSidesEqual(SOON);
        }
    }

    private void begin() {
        world.source().execute("shop", TABLES);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
            settings.put("accepted", List.of("not-carried")); // the publication of the test
            return settings;
        }));
        upshift.succeed("copy-schema", SOON);
        upshift.succeed("replicate", LATER);
        assertThat(upshift.plan("cutover")).containsEntry("allowed", true);
    }

    /** A row that is acknowledged. */
    private void write(PostgresCluster publisher) {
        rows++;
        publisher.execute("shop", "insert into public.plain values (%d)".formatted(rows));
    }

    private void refuses(Way way, Runnable passOver) {
        passOver.run();
        assertThat(way.lacks(rows)).isTrue();

        Map<String, Object> plan = upshift.plan(way.procedure());
        assertThat(plan).containsEntry("allowed", false);
        assertThat(reason(plan)).contains(ALTERED, way.link(), "Verify");
        mend(way);
    }

    private void turnsBack(Way way, String step) throws Exception {
        Map<String, Object> run;
        try (AutoCloseable _ = upshift.when(step, () -> way.readOther(this::write))) {
            run = upshift.await(upshift.start(way.procedure()), SOON);
        }
        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(String.valueOf(run.get("outcome"))).contains(ALTERED, way.link());
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(way.lacks(rows)).isTrue();
        mend(way);
    }

    /** A comparison that finds a difference ends no doubt. */
    private void mend(Way way) {
        assertThat(upshift.await(upshift.start("verify"), LATER)).containsEntry("status", "ABORTED");
        assertThat(upshift.plan(way.procedure())).containsEntry("allowed", false);
        way.onSubscriber("insert into public.plain values (%d)".formatted(rows));
        upshift.succeed("verify", LATER);
        Awaitility.await("nothing is in doubt")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(upshift.plan(way.procedure())).containsEntry("allowed", true));
    }

    /** Disabled by the run, and enabled by it again. */
    private void whatWeAlterOurselvesIsNoReason() throws Exception {
        PgBouncer pooler = world.poolers().getFirst();
        Map<String, Object> run;
        try (AutoCloseable _ = upshift.when("note-way-back", () -> pooler.command("DISABLE shop"))) {
            run = upshift.await(upshift.start("cutover"), SOON);
        } finally {
            pooler.command("ENABLE shop");
        }
        assertThat(run).containsEntry("status", "ABORTED");
        Awaitility.await("nothing is in doubt")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(upshift.plan("cutover")).containsEntry("allowed", true));
    }

    private static String reason(Map<String, Object> plan) {
        return ((List<?>) plan.get("guards"))
                .stream()
                        .map(result -> (Map<?, ?>) result)
                        .filter(result -> "slot-continuity".equals(result.get("guard")))
                        .map(result -> String.valueOf(result.get("reason")))
                        .findFirst()
                        .orElseThrow();
    }

    /** One direction, and how its subscription is made to pass over what is written meanwhile. */
    private record Way(String procedure, PostgresCluster publisher, PostgresCluster subscriber) {

        String link() {
            return subscriber.value("shop", "select subname from pg_subscription");
        }

        boolean lacks(int id) {
            return subscriber
                    .value("shop", "select count(*) from public.plain where id = " + id)
                    .equals("0");
        }

        /** Behind its fence, where there is one. */
        void onSubscriber(String change) {
            subscriber.execute("shop", "begin read write; " + change + "; commit");
        }

        void publishOther() {
            publisher.execute("shop", "create publication other for table public.other");
        }

        void readOther(Consumer<PostgresCluster> meanwhile) {
            alter("set publication other with (refresh = false)");
            meanwhile.accept(publisher);
            int other = Integer.parseInt(publisher.value("shop", "select coalesce(max(id), 0) + 1 from public.other"));
            publisher.execute("shop", "insert into public.other values (%d)".formatted(other));
            Awaitility.await("the other one is read")
                    .atMost(SOON)
                    .until(
                            () -> subscriber.value("shop", "select count(*) from public.other where id = " + other),
                            "1"::equals);
            alter("set publication \"%s\" with (refresh = false)".formatted(link()));
            awaitFollowed();
        }

        void advanceSlot(Consumer<PostgresCluster> meanwhile) {
            whileDisabled(() -> {
                meanwhile.accept(publisher);
                publisher.execute(
                        "shop", "select pg_replication_slot_advance('%s', pg_current_wal_lsn())".formatted(link()));
            });
        }

        void advanceOrigin(Consumer<PostgresCluster> meanwhile) {
            whileDisabled(() -> {
                meanwhile.accept(publisher);
                onSubscriber("select pg_replication_origin_advance('pg_' || oid, '%s') from pg_subscription"
                        .formatted(publisher.value("shop", "select pg_current_wal_lsn()")));
            });
        }

        /** The transaction is told by the position that it begins with when it is sent. */
        void skip(Consumer<PostgresCluster> meanwhile) {
            whileDisabled(() -> {
                meanwhile.accept(publisher);
                String begins = publisher.value("shop", """
                        select substring(begin, 1, 8) || '/' || substring(begin, 9)
                        from (select encode(substring(data from 2 for 8), 'hex') as begin, lsn
                              from pg_logical_slot_peek_binary_changes('%1$s', null, null,
                                  'proto_version', '1', 'publication_names', '%1$s')
                              where get_byte(data, 0) = ascii('B')) as sent
                        order by lsn desc limit 1""".formatted(link()));
                alter("skip (lsn = '%s')".formatted(begins));
            });
            Awaitility.await("passed over")
                    .atMost(SOON)
                    .until(() -> subscriber.value("shop", "select subskiplsn from pg_subscription"), "0/0"::equals);
        }

        private void whileDisabled(Runnable work) {
            alter("disable");
            Awaitility.await("nobody reads the slot").atMost(SOON).until(() -> !isFollowed());
            work.run();
            alter("enable");
            awaitFollowed();
        }

        private void alter(String change) {
            onSubscriber("alter subscription \"%s\" %s".formatted(link(), change));
        }

        private void awaitFollowed() {
            int other = Integer.parseInt(publisher.value("shop", "select coalesce(max(id), 0) + 1 from public.other"));
            publisher.execute("shop", "insert into public.other values (%d)".formatted(other));
            Awaitility.await("followed as before")
                    .atMost(SOON)
                    .until(() -> isFollowed()
                            && subscriber
                                    .value("shop", "select count(*) from public.other where id = " + other)
                                    .equals("1"));
        }

        private boolean isFollowed() {
            return publisher
                    .value("shop", "select active from pg_replication_slots where slot_name = '%s'".formatted(link()))
                    .equals("t");
        }
    }
}
