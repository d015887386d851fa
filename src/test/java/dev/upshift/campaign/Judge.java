package dev.upshift.campaign;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerReport;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.lab.SidesComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks, after a run, at everything that must be true whatever happened, and says what is not. */
final class Judge {

    private static final Duration FLOW = Duration.ofSeconds(20);
    private static final Duration EQUAL = Duration.ofSeconds(30);

    private final Scene scene;
    private final LabWorld lab;
    private final boolean replicates;
    private final List<String> violations = new ArrayList<>();

    /** @param replicates whether what feeds the side that does not serve is still there to be looked at */
    Judge(Scene scene, boolean replicates) {
        this.scene = scene;
        this.lab = scene.world().lab();
        this.replicates = replicates;
    }

    /** @param switched whether the run succeeded */
    List<String> judge(boolean switched) {
        PostgresCluster serving = switched ? scene.to() : scene.from();
        PostgresCluster other = switched ? scene.from() : scene.to();
        check("clients flow", () -> clientsFlow());
        lab.poolers().forEach(pooler -> check(pooler.name(), () -> pooler(pooler, serving)));
        check("the record", () -> record(serving));
        check("the fence", () -> fence(serving, other, switched));
        check("the links", () -> links(serving, other));
        check("the data", () -> data(serving));
        return List.copyOf(violations);
    }

    private void check(String what, Look look) {
        try {
            look.look();
        } catch (Exception | AssertionError e) {
            violations.add(what + ": " + e);
        }
    }

    private void clientsFlow() {
        LedgerWriters writers = scene.world().writers();
        writers.awaitAcknowledged(60, FLOW);
    }

    private void pooler(PgBouncer pooler, PostgresCluster serving) throws SQLException {
        expect(!pooler.paused(), pooler.name() + " is paused");
        expect(pooler.leadsTo("shop") == serving.port(), pooler.name() + " does not lead to the " + serving.name());
        try (Connection connection = pooler.connect("shop", Login.APP);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select inet_server_port(), current_setting('transaction_read_only')")) {
            row.next();
            expect(row.getInt(1) == serving.port(), "clients of " + pooler.name() + " reach the other side");
            expect(row.getString(2).equals("off"), "clients of " + pooler.name() + " may not write");
        }
        expect(!pooler.configuration().contains("__probe"), "the probe's entry is left at " + pooler.name());
        expect(
                pooler.show("CONFIG").stream()
                        .anyMatch(row -> "server_login_retry".equals(row.get("key")) && "1".equals(row.get("value"))),
                "server_login_retry is changed at " + pooler.name());
        Path folder = pooler.databasesIni().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> left = files.filter(file -> file.getFileName().toString().contains("upshift"))
                    .toList();
            expect(left.isEmpty(), "files are left beside the configuration: " + left);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(PostgresCluster serving) {
        Map<String, Object> project = scene.world().controlPlanes().api().project();
        expect(
                serving.name().equalsIgnoreCase(String.valueOf(project.get("servingSide"))),
                "the project's serving side is " + project.get("servingSide"));
    }

    private static void fence(PostgresCluster serving, PostgresCluster other, boolean switched) {
        String settings = "select count(*) from pg_db_role_setting where setrole = 0";
        expect(serving.value("shop", settings).equals("0"), "the " + serving.name() + " is fenced");
        if (switched) {
            expect(other.value("shop", settings).equals("1"), "the " + other.name() + " is not fenced");
        }
    }

    private void links(PostgresCluster serving, PostgresCluster other) {
        if (replicates) {
            expectCount(serving, "pg_replication_slots where slot_name like 'upshift%'", 1);
            expectCount(other, "pg_subscription where subenabled", 1);
        }
        expectCount(other, "pg_replication_slots where slot_name like 'upshift%'", 0);
        expectCount(serving, "pg_subscription", 0);
    }

    private static void expectCount(PostgresCluster cluster, String what, int count) {
        String found = cluster.value("shop", "select count(*) from " + what);
        expect(
                found.equals(Integer.toString(count)),
                found + " instead of " + count + " × " + what + " on " + cluster.name());
    }

    private void data(PostgresCluster serving) {
        LedgerWriters writers = scene.world().writers();
        writers.pause();
        try {
            LedgerReport report = lab.proof().against(serving);
            expect(report.holds(), report.text());
            if (replicates) {
                SidesComparison.of(lab.source(), lab.target()).assertEqualWithin(EQUAL);
            }
        } finally {
            writers.resume();
        }
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private interface Look {
        void look() throws Exception;
    }
}
