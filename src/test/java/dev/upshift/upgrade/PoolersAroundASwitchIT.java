package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What became of the poolers after the project was saved, and would leave clients behind, is seen in the next plan. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoolersAroundASwitchIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Login ASKER = new Login("asker", "asker-lab");
    private static final Login READER = new Login("reader", "reader-lab");

    @TempDir
    private static Path directory;

    private LabWorld world;
    private ControlPlane upshift;
    private PgBouncer pooler;

    @BeforeAll
    void replicate() {
        world = LabWorld.builder()
                .poolers(1)
                .poolers(pooler -> pooler.user(ASKER))
                .durable(false)
                .start();
        world.source().execute("shop", """
                create role asker login password 'asker-lab';
                create role reader login password 'reader-lab';
                grant select on pg_authid to asker""");
        pooler = world.pooler(0);
        upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> settings));
        upshift.succeed("copy-schema", SOON);
        upshift.succeed("replicate", SOON);
    }

    @AfterAll
    void end() {
        upshift.close();
        world.close();
    }

    @Test
    void anEntryUnderAnotherNameIsNotForgotten() {
        String before = pooler.configuration();
        pooler.replaceConfiguration(
                before + "reports = host=localhost port=" + world.source().port() + " dbname=shop\n");
        pooler.command("RELOAD");
        try {
            assertThat(objection("pooler-forgotten"))
                    .contains("entry reports", "localhost", "leads to the source", "127.0.0.1");
        } finally {
            pooler.replaceConfiguration(before);
            pooler.command("RELOAD");
        }
        assertThat(upshift.plan("cutover")).containsEntry("allowed", true);
    }

    @Test
    void aUserWhoIsPooledBySessionIsNamed() throws SQLException {
        String before = pooler.mainConfiguration();
        pooler.replaceMainConfiguration(before + "\n[users]\n" + Login.APP.user() + " = pool_mode=session\n");
        pooler.command("RELOAD");
        try (Connection client = pooler.connect("shop", Login.APP)) {
            assertThat(client.isValid(5)).isTrue();
            assertThat(objection("pool-mode")).contains("for the user " + Login.APP.user(), "[users]");
        } finally {
            pooler.replaceMainConfiguration(before);
            pooler.stop(); // RELOAD does not take back what a line that is gone had said of a user
            pooler.start();
        }
    }

    @Test
    void aPoolerThatCouldNotLookUpPasswordsOnTheOtherSideIsNamed() throws SQLException {
        String before = pooler.mainConfiguration();
        pooler.replaceMainConfiguration(before.replace("[pgbouncer]", "[pgbouncer]\nauth_user = asker"));
        pooler.command("RELOAD");
        try (Connection client = pooler.connect("shop", READER)) {
            assertThat(client.isValid(5)).as("who is not in auth_file").isTrue();
            String objection = objection("pooler-auth-query");
            assertThat(objection).contains("shop on the target: bouncer-a looks up passwords as asker");
            String grant = objection.replaceFirst("(?s).*would fail[.] (GRANT [^;]+);.*", "$1");
            assertThat(grant).isEqualTo("GRANT SELECT ON TABLE pg_catalog.pg_authid TO asker");
            world.target().execute("shop", grant);
            assertThat(upshift.plan("cutover")).containsEntry("allowed", true);
        } finally {
            pooler.replaceMainConfiguration(before);
            pooler.stop();
            pooler.start();
        }
    }

    @Test
    void aSecondProcessBehindThePortIsSeen() {
        String before = pooler.mainConfiguration();
        pooler.stop();
        pooler.replaceMainConfiguration(before.replace("[pgbouncer]", "[pgbouncer]\nso_reuseport = 1"));
        pooler.start();
        try (PgBouncer second = PgBouncer.named("second", world.lab())
                .database("shop", world.source().port())
                .setting("so_reuseport", "1")
                .on(pooler.port())
                .start()) {
            assertThat(second.isRunning()).isTrue();
            assertThat(objection("pooler-processes")).contains("bouncer-a", "so_reuseport = 1");
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(upshift.get("/projects/shop/replication"))
                            .containsEntry("health", "WARNING")
                            .satisfies(state ->
                                    assertThat(state.get("reasons")).asString().contains("so_reuseport = 1")));
        } finally {
            pooler.stop();
            pooler.replaceMainConfiguration(before);
            pooler.start();
        }
    }

    private String objection(String guard) {
        Map<?, ?> result = ((List<?>) upshift.plan("cutover").get("guards"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> guard.equals(one.get("guard")))
                        .findFirst()
                        .orElseThrow();
        assertThat(result.get("allowed")).as("%s", result).isEqualTo(false);
        return String.valueOf(result.get("reason"));
    }
}
