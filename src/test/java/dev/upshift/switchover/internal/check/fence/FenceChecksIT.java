package dev.upshift.switchover.internal.check.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.check.Check;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.RealSwitch;
import dev.upshift.switchover.internal.route.Switch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** Each check finds something on real servers, and lets pass once its own remedy was run. */
@ExtendWith(SharedServers.class)
class FenceChecksIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TERMINATE = "SELECT pg_terminate_backend\\(\\d+\\)";

    @ParameterizedTest
    @Proves("fence-overrides")
    @CsvSource({"13, 18, SOURCE", "17, 18, TARGET"})
    void aRoleThatPassesTheFenceIsNamed(int source, int target, Side from) {
        RealSides sides = new RealSides(source, target);
        RealSwitch sw = RealSwitch.of(sides, from);
        String role = "Night " + sides.database();
        FenceOverrides check = new FenceOverrides();
        sides.on(from, """
                create role "%1$s" login;
                alter role "%1$s" in database %2$s set default_transaction_read_only = off""".formatted(role, sides.database()));
        try {
            Finding finding = only(sw, check);
            assertThat(finding.place()).isEqualTo(Place.on(from, sides.database()));
            assertThat(finding.objects()).containsExactly(role);
            assertThat(finding.reason())
                    .isEqualTo(role + " may write in spite of the soft fence, because"
                            + " default_transaction_read_only is off for them.");
            assertThat(sw.with("accepted", List.of(Acceptance.FENCE_OVERRIDES))
                            .ask(check)
                            .words())
                    .startsWith("Accepted for this project: " + sides.database());
            assertThat(sw.with("hardFence", true).passes(check)).isTrue();

            sides.on(from, "alter role \"%s\" superuser".formatted(role));
            assertThat(only(sw.with("hardFence", true), check).reason()).contains("behind the hard fence");

            sides.on(from, RealSwitch.statement(finding, "ALTER ROLE .*;"));
            assertThat(sw.passes(check)).isTrue();
        } finally {
            sides.on(from, "drop role \"%s\"".formatted(role));
        }
    }

    @ParameterizedTest
    @Proves("source-other-writers")
    @CsvSource({"13, 18, SOURCE", "17, 18, TARGET"})
    void aSubscriptionOfOthersIsNamed(int source, int target, Side from) {
        RealSides sides = new RealSides(source, target);
        RealSwitch sw = RealSwitch.of(sides, from);
        OtherWriters check = new OtherWriters();
        sides.on(from, """
                create subscription "Branch" connection 'host=127.0.0.1 port=1 dbname=none'
                    publication whatever with (connect = false, slot_name = 'branch')""");
        try {
            assertThat(sw.passes(check)).as("disabled").isTrue();

            sides.on(from, "alter subscription \"Branch\" enable");
            Finding finding = only(sw, check);
            assertThat(finding.place()).isEqualTo(Place.on(from, sides.database()));
            assertThat(finding.objects()).containsExactly("Branch");
            assertThat(finding.remedy())
                    .contains("let the %s subscribe".formatted(from.other().word()));

            sides.on(from, RealSwitch.statement(finding, "ALTER SUBSCRIPTION .*;"));
            assertThat(sw.passes(check)).isTrue();
        } finally {
            sides.on(from, "alter subscription \"Branch\" disable");
            sides.on(from, "alter subscription \"Branch\" set (slot_name = none)");
            sides.on(from, "drop subscription \"Branch\"");
        }
    }

    @ParameterizedTest
    @Proves("settings-free")
    @CsvSource({"13, 18, SOURCE", "13, 18, TARGET", "17, 18, SOURCE"})
    void whoHoldsTheSettingsIsNamed(int source, int target, Side held) throws SQLException {
        RealSides sides = new RealSides(source, target);
        RealSwitch sw = RealSwitch.of(sides, Side.SOURCE);
        SettingsFree check = new SettingsFree();
        assertThat(sw.passes(check)).isTrue();

        try (Connection holder =
                open(sides, held, "postgres", "alter database %s set work_mem = '5MB'".formatted(sides.database()))) {
            Finding finding = only(sw, check);
            assertThat(finding.place()).isEqualTo(Place.on(held, sides.database()));
            assertThat(finding.objects())
                    .singleElement()
                    .asString()
                    .startsWith("process %d of upshift".formatted(pid(holder)));

            sides.on(held, RealSwitch.statement(finding, TERMINATE));
            await().atMost(SOON).until(() -> sw.passes(check));
        }
    }

    @ParameterizedTest
    @Proves("target-accepts-writes")
    @CsvSource({"13, 18, SOURCE", "17, 18, TARGET"})
    void whatKeepsClientsOutIsNamed(int source, int target, Side from) throws SQLException {
        RealSides sides = new RealSides(source, target);
        RealSwitch sw = RealSwitch.of(sides, from);
        AcceptsWrites check = new AcceptsWrites();
        Side to = from.other();
        String reader = "Reader " + sides.database();
        sides.on(to, "create table \"Note\" (id int); create role \"%s\" login".formatted(reader));
        try (Connection one = sides.connect(from);
                Connection two = sides.connect(from)) {
            assertThat(sw.passes(check)).isTrue();

            for (String change : List.of(
                    "alter database %s set default_transaction_read_only = on",
                    "alter database %s connection limit 0",
                    "alter database %s connection limit 1",
                    "alter role \"" + reader + "\" in database %s set default_transaction_read_only = on")) {
                sides.on(to, change.formatted(sides.database()));

                Finding finding = only(sw, check);
                assertThat(finding.place()).as(change).isEqualTo(Place.on(to, sides.database()));
                assertThat(finding.objects())
                        .as(change)
                        .containsExactly(change.contains("role \"") ? reader : sides.database());

                sides.onOneByOne(to, RealSwitch.statement(finding, "(SET|ALTER) .*;"));
                assertThat(sw.passes(check)).as(change).isTrue();
            }

            try (Connection holder = open(sides, to, sides.database(), "lock table \"Note\" in share mode")) {
                Finding finding = only(sw, check);
                assertThat(finding.objects()).containsExactly("public.\"Note\"");
                assertThat(finding.reason())
                        .startsWith("process %d of upshift".formatted(pid(holder)))
                        .contains("holds ShareLock", "would wait");

                sides.on(to, RealSwitch.statement(finding, TERMINATE));
                await().atMost(SOON).until(() -> sw.passes(check));
            }
            assertThat(List.of(one.isValid(1), two.isValid(1))).containsOnly(true);
        } finally {
            sides.on(to, "drop role \"%s\"".formatted(reader));
        }
    }

    @ParameterizedTest
    @Proves("sessions-endable")
    @CsvSource({"13, 18, SOURCE", "17, 18, TARGET"})
    void whomOurRoleMayNotEndIsNamed(int source, int target, Side from) throws SQLException {
        RealSides sides = new RealSides(source, target);
        RealSwitch sw = moving(sides, from);
        SessionsEndable check = new SessionsEndable(asked -> List.of());
        sides.on(from.other(), "create sequence coupon cache 10");
        try {
            await("our own sessions of this test have gone").atMost(SOON).until(() -> sw.passes(check));

            for (Side side : Side.values()) {
                try (Connection administrator = sides.connect(side)) {
                    Finding finding = only(sw, check);
                    assertThat(finding.place()).isEqualTo(Place.on(side, sides.database()));
                    assertThat(finding.objects()).containsExactly("upshift (upshift lab) from 127.0.0.1");
                    assertThat(finding.reason())
                            .contains("process %d of upshift".formatted(pid(administrator)))
                            .matches(reason -> side == from
                                    || reason.startsWith("a session may hold former values of public.coupon"));

                    sides.on(side, RealSwitch.statement(finding, TERMINATE));
                    await().atMost(SOON).until(() -> sw.passes(check));
                }
            }
        } finally {
            dropMover(sides);
        }
    }

    @Test
    @Proves("sessions-endable")
    void whatAPoolerHoldsIsClosedByItsPause() throws SQLException {
        RealSides sides = new RealSides(13, 18);
        RealSwitch sw = moving(sides, Side.SOURCE);
        try (LabDirectory directory = LabDirectory.create();
                PgBouncer pooler = PgBouncer.named("holding", directory)
                        .database(sides.database(), sides.cluster(Side.SOURCE).port())
                        .start();
                Connection client = pooler.connect(sides.database(), Login.UPSHIFT)) {
            assertThat(client.isValid(1)).isTrue(); // by now it has a connection to the server

            SessionsEndable unaware = new SessionsEndable(asked -> List.of());
            await().atMost(SOON)
                    .until(() -> sw.findings(unaware).getFirst().objects().size() == 1);
            assertThat(sw.passes(new SessionsEndable(asked -> servers(pooler)))).isTrue();
        } finally {
            dropMover(sides);
        }
    }

    private static List<ServerConnection> servers(PgBouncer pooler) {
        return pooler.show("SERVERS").stream()
                .map(row -> new ServerConnection(
                        String.valueOf(row.get("database")),
                        Integer.parseInt(String.valueOf(row.get("port"))),
                        Integer.parseInt(String.valueOf(row.get("remote_pid")))))
                .toList();
    }

    /** A switch for which an ordinary role works on both sides. */
    private static RealSwitch moving(RealSides sides, Side from) {
        Login mover = new Login("mover_" + sides.database(), "mover");
        for (Side side : Side.values()) {
            sides.on(side, "create role %s login password 'mover' in role pg_monitor".formatted(mover.user()));
        }
        return RealSwitch.of(sides, from).with(sides.project(mover));
    }

    private static void dropMover(RealSides sides) {
        for (Side side : Side.values()) {
            sides.on(side, "drop role mover_" + sides.database());
        }
    }

    private static Finding only(RealSwitch sw, Check<Switch> check) {
        List<Finding> findings = sw.findings(check);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    /** A transaction that stays open. */
    private static Connection open(RealSides sides, Side side, String database, String sql) throws SQLException {
        Connection holder = sides.cluster(side).connect(database);
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute(sql);
        }
        return holder;
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
