package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 16 to 18 as most people may have it: no superuser on either side, a console's user who is no role on the servers, a
 * login of the application for the proofs, and a password that is changed on the source after the schema was copied.
 */
class OrdinaryRoleIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(2);
    private static final Login MOVER = new Login("mover", "mover-lab");
    private static final Login ADMIN = new Login("admin", "admin-lab");
    private static final Login REPORTS = new Login("reports", "reports-lab");
    private static final Login FIRST = new Login("postgres", "postgres-lab");
    private static final Login ROTATED = new Login("reports", "rotated-lab");

    /** In each database that moves: privileges on objects of the server itself belong to a database. */
    private static final String GRANTS_IN_DATABASE = """
            grant select on pg_authid to mover;
            grant execute on function pg_replication_origin_advance(text, pg_lsn) to mover;
            grant execute on function pg_replication_origin_progress(text, boolean) to mover;
            grant execute on function pg_stat_file(text) to mover
            """;

    private static final String READER = """
            create role reports login password 'reports-lab';
            grant usage on schema shop to reports;
            grant select on shop.products to reports;
            alter database shop owner to app
            """;

    @TempDir
    private Path directory;

    @Test
    void goesThereAndBackAndEndsWithoutASuperuser() throws SQLException {
        try (LabWorld world = LabWorld.builder()
                        .source(16)
                        .target(18)
                        .poolers(1)
                        .durable(false)
                        .poolers(pooler ->
                                pooler.user(ADMIN).user(REPORTS).user(FIRST).setting("admin_users", "upshift, admin"))
                        .start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            world.source().execute("shop", READER);
            world.target().execute("postgres", "drop database shop with (force)");
            allow(world.source());
            allow(world.target());
            world.source().execute("shop", "grant app to mover; " + GRANTS_IN_DATABASE);
            upshift.register(project(world));
            copySchema(upshift, world.target());
            // On the source without: then only what differs of a subscription is seen there.
            world.target().execute("shop", GRANTS_IN_DATABASE + "; grant select (xmin) on pg_subscription to mover");
            upshift.succeed("replicate", LATER);
            LedgerWriters writers = world.startWriters(6, 60);

            rotate(world);
            assertThat(guard(upshift, "application-logins"))
                    .startsWith("false")
                    .contains("on the target", "another password verifier", "reports");
            level(world, Login.APP, Login.UPSHIFT, REPORTS);
            assertThat(guard(upshift, "application-logins")).startsWith("true");
            try (Connection client = world.pooler(0).connect("shop", FIRST)) {
                assertThat(client.isValid(5)).isTrue();
                assertThat(guard(upshift, "application-logins"))
                        .as("the role that initdb made is passed over, unless clients come as it")
                        .startsWith("false")
                        .contains("another password verifier", "postgres");
            }
            level(world, FIRST);
            assertThat(guard(upshift, "application-logins")).startsWith("true");

            switchOver("cutover", upshift, world.pooler(0), world.target());
            switchOver("rollback", upshift, world.pooler(0), world.source());
            switchOver("cutover", upshift, world.pooler(0), world.target());
            upshift.succeed("finish", SOON);

            writers.awaitAcknowledged(50, SOON);
            writers.stop();
            assertThat(writers.errors()).isEmpty();
            world.assertNothingLost(world.target());
            assertThat(upshift.metadata(
                            "select count(*)::text from journal_entry where event = 'RETRIED' and part = 'AFTER'"))
                    .as("nothing is tried again past the pivot")
                    .isEqualTo("0");
        }
    }

    /** Where the machine has no programs that can read a server of 16, the schema is put there in another way. */
    private static void copySchema(ControlPlane upshift, PostgresCluster target) {
        Map<String, Object> run = upshift.await(upshift.start("copy-schema"), SOON);
        if (!"SUCCEEDED".equals(run.get("status"))) {
            assertThat(String.valueOf(run.get("outcome"))).contains("needs pg_dump and pg_restore");
            LedgerSchema.PLAIN.create(target);
            LedgerSchema.empty(target);
            target.execute("shop", READER + "; grant app to mover");
            assertThat(upshift.metadata("update project set phase = 'SCHEMA_COPIED' returning slug"))
                    .isEqualTo("shop");
        }
    }

    private static void allow(PostgresCluster cluster) {
        cluster.execute("postgres", """
                create role mover login replication createrole createdb password 'mover-lab';
                alter role mover set createrole_self_grant = 'set, inherit';
                grant pg_signal_backend, pg_read_all_stats, pg_create_subscription to mover;
                grant select on pg_authid to mover
                """);
    }

    private static Map<String, Object> project(LabWorld world) {
        Map<String, Object> project = ControlPlane.project(world, ADMIN, settings -> {
            settings.put("pauseBudget", "PT20S"); // a busy machine is no reason to fail
            return settings;
        });
        for (String side : List.of("source", "target")) {
            Map<String, Object> cluster = copyOf(project.get(side));
            cluster.put("username", MOVER.user());
            cluster.put("password", MOVER.password());
            project.put(side, cluster);
        }
        project.put(
                "poolers",
                ((List<?>) project.get("poolers"))
                        .stream().map(OrdinaryRoleIT::withApplication).toList());
        return project;
    }

    private static Map<String, Object> withApplication(Object pooler) {
        Map<String, Object> with = copyOf(pooler);
        with.put("application", Map.of("username", Login.APP.user(), "password", Login.APP.password()));
        return with;
    }

    /** A part of what is sent. */
    private static Map<String, Object> copyOf(Object part) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) part).forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    /** On the source and at the pooler, as somebody does who does not think of an upgrade. */
    private static void rotate(LabWorld world) {
        world.source().execute("postgres", "alter role reports password '" + ROTATED.password() + "'");
        world.pooler(0).changePassword(ROTATED);
    }

    /** As the guard says. */
    private static void level(LabWorld world, Login... logins) {
        for (Login login : logins) {
            String verifier = world.source()
                    .value("postgres", "select rolpassword from pg_authid where rolname = '" + login.user() + "'");
            world.target().execute("postgres", "alter role " + login.user() + " password '" + verifier + "'");
        }
    }

    private static void switchOver(String procedure, ControlPlane upshift, PgBouncer pooler, PostgresCluster serving)
            throws SQLException {
        upshift.succeed(procedure, SOON);
        assertThat(pooler.paused()).isFalse();
        try (Connection client = pooler.connect("shop", ROTATED);
                Statement statement = client.createStatement();
                ResultSet answer = statement.executeQuery("select inet_server_port(), count(*) from shop.products")) {
            assertThat(answer.next()).isTrue();
            assertThat(answer.getInt(1)).isEqualTo(serving.port());
        }
    }

    private static String guard(ControlPlane upshift, String name) {
        return ((List<?>) upshift.plan("cutover").get("guards"))
                .stream()
                        .map(guard -> (Map<?, ?>) guard)
                        .filter(guard -> name.equals(guard.get("guard")))
                        .map(guard -> guard.get("allowed") + " " + guard.get("reason"))
                        .findFirst()
                        .orElseThrow();
    }
}
