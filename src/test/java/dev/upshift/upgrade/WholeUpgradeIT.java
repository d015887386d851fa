package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerReport;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job from end to end: 13 to 17 through two poolers, under writes all the time, there and back and there again.
 */
class WholeUpgradeIT {

    private static final Logger log = LoggerFactory.getLogger(WholeUpgradeIT.class);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    /** An event trigger that writes every command down. */
    private static final String AUDITED_DDL = """
            create table public.ddl_log (id serial primary key, tag text, object text);
            create function public.log_ddl() returns event_trigger language plpgsql as $$
                declare r record;
                begin
                    for r in select * from pg_event_trigger_ddl_commands() loop
                        insert into public.ddl_log (tag, object) values (r.command_tag, r.object_identity);
                    end loop;
                end $$;
            create event trigger audit_ddl on ddl_command_end execute function public.log_ddl();
            create table public.made_later (id int primary key);
            create index on public.made_later (id);""";

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostOnTheWayThereAndBackAndThere() throws Exception {
        try (LabWorld world = LabWorld.builder().start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            world.source().executeFile("shop", "shapes.sql");
            world.source().execute("shop", "create table public.ticket (number serial primary key)");
            world.source().execute("shop", AUDITED_DDL);
            LedgerWriters writers = world.startWriters(24, 300);
            upshift.register(ControlPlane.project(world, settings -> {
                settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
                settings.put("accepted", List.of("not-carried")); // other people's publications
                return settings;
            }));

            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            useShapes(world, world.source());
            upshift.succeed("verify", LATER);
            writers.awaitAcknowledged(300, SOON);

            switchOver("cutover", upshift, world, writers, world.target());
            upshift.succeed("verify", LATER);
            switchOver("rollback", upshift, world, writers, world.source());
            switchOver("cutover", upshift, world, writers, world.target());

            upshift.succeed("finish", SOON);
            writers.awaitAcknowledged(100, SOON);
            writers.stop();

            assertThat(writers.errors()).isEmpty();
            LedgerReport report = world.proof().assertHolds(world.target());
            assertThat(report.acknowledged()).isGreaterThan(1_000);
            assertThat(upshift.project()).containsEntry("phase", "FINISHED").containsEntry("servingSide", "TARGET");
            assertNothingLeft(world.source());
            assertNothingLeft(world.target());
            assertThat(world.poolers()).noneMatch(PgBouncer::paused);
            assertOnlyTheApplicationIsAudited(world);
        }
    }

    /** Nothing of ours is in its table, neither on the side that it was on nor where it was carried; and it works there. */
    private static void assertOnlyTheApplicationIsAudited(LabWorld world) {
        for (PostgresCluster side : List.of(world.source(), world.target())) {
            assertThat(side.value("shop", "select string_agg(object, ' ' order by id) from public.ddl_log"))
                    .isEqualTo("public.made_later public.made_later_pkey public.made_later_id_idx");
        }
        world.target().execute("shop", "create table public.made_on_target (id int)");
        assertThat(world.target().value("shop", "select object from public.ddl_log order by id desc limit 1"))
                .isEqualTo("public.made_on_target");
    }

    private static void switchOver(
            String procedure, ControlPlane upshift, LabWorld world, LedgerWriters writers, PostgresCluster serving)
            throws Exception {
        PostgresCluster left = serving == world.source() ? world.target() : world.source();
        left.execute("shop", "insert into public.ticket select from generate_series(1, 3000)");
        Instant begin = Instant.now();
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when("wait-for-calm", () -> numberAnew(left))) {
            run = upshift.succeed(procedure, SOON);
        }
        writers.awaitAcknowledged(300, SOON);
        Instant end = Instant.now();

        log.info(
                "{}: pause {} ms, longest client wait {} ms",
                procedure,
                run.get("pauseMillis"),
                writers.longestWait(begin, end).toMillis());
        assertThat(writers.errors()).isEmpty();
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(world.poolers()).allMatch(pooler -> pooler.leadsTo("shop") == serving.port());
        world.assertNothingLost(serving);
        assertThat(serving.value("shop", "insert into public.ticket default values returning number"))
                .isEqualTo("51");
        useShapes(world, serving);
    }

    /** Replication does to the sequence of the other side what TRUNCATE does to this one, but not what comes after. */
    private static void numberAnew(PostgresCluster left) {
        left.execute("shop", """
                truncate public.ticket restart identity;
                insert into public.ticket select from generate_series(1, 50);
                """);
    }

    /** Writes to tables of unusual names, shapes and behaviours where clients are now, and sees it on both sides. */
    private static void useShapes(LabWorld world, PostgresCluster serving) {
        serving.executeFile("shop", "shapes-use.sql");
        world.assertBothSidesEqual(SOON);
    }

    private static void assertNothingLeft(PostgresCluster cluster) {
        assertThat(cluster.value("shop", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_publication where pubname not like 'others%'"))
                .isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_subscription"))
                .isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_replication_origin"))
                .isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_namespace where nspname = 'upshift'"))
                .isEqualTo("0");
    }
}
