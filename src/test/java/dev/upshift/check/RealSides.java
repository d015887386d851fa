package dev.upshift.check;

import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * A new database of the same name on two real servers, which tests share, and a project that is to move it: for the test
 * of a check, which extends its class with {@link SharedServers}.
 */
public final class RealSides {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int sourceMajor;
    private final int targetMajor;
    private final String database = "checked_" + NUMBER.incrementAndGet();

    /** Empty databases. */
    public RealSides(int sourceMajor, int targetMajor) {
        this.sourceMajor = sourceMajor;
        this.targetMajor = targetMajor;
        SharedServers.of(sourceMajor).execute("postgres", "create database " + database);
        SharedServers.of(targetMajor).execute("postgres", "create database " + database);
    }

    public String database() {
        return database;
    }

    public void onSource(String sql) {
        SharedServers.of(sourceMajor).execute(database, sql);
    }

    public void onTarget(String sql) {
        SharedServers.of(targetMajor).execute(database, sql);
    }

    public void on(Side side, String sql) {
        server(side).execute(database, sql);
    }

    /** Each statement by itself, as {@code psql} sends them. */
    public void onOneByOne(Side side, String statements) throws SQLException {
        try (Connection connection = connect(side);
                Statement statement = connection.createStatement()) {
            for (String one : statements.split(";")) {
                statement.execute(one);
            }
        }
    }

    /** A client in the database. */
    public Connection connect(Side side) {
        return server(side).connect(database);
    }

    public PostgresCluster server(Side side) {
        return SharedServers.of(side == Side.SOURCE ? sourceMajor : targetMajor);
    }

    /** The real servers; of all else nothing is known. */
    public Ports ports() {
        Ports nothingElse = ExamplePorts.of();
        return new Ports(
                bean(ServerPorts.class),
                nothingElse.poolers(),
                nothingElse.records(),
                nothingElse.projects(),
                nothingElse.timing(),
                Ownership.UNDISPUTED);
    }

    /** Of the module that talks to servers. */
    public static <T> T bean(Class<T> type) {
        return Module.CONTEXT.getBean(type);
    }

    /** What the check answers about the project now. */
    public CheckOutcome ask(Check<Inspection> check) {
        try (ProjectInspection inspected = ProjectInspection.of(project(), ports())) {
            CheckOutcome outcome =
                    CheckList.<Inspection>of(List.of(check)).ask(inspected).getFirst();
            Witness.saw(outcome);
            return outcome;
        }
    }

    public Project project() {
        return project(Login.UPSHIFT);
    }

    /** @param ours our role on both sides */
    public Project project(Login ours) {
        return new Project(
                1,
                "checked",
                "Checked",
                cluster(sourceMajor, ours),
                cluster(targetMajor, ours),
                List.of(database),
                List.of(),
                ProjectSettings.DEFAULTS,
                Phase.SCHEMA_COPIED,
                Side.SOURCE,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static Cluster cluster(int major, Login ours) {
        Endpoint endpoint = SharedServers.endpoint(major);
        return new Cluster(
                new Endpoint(
                        endpoint.host(), endpoint.port(), ours.user(), new Secret(ours.password()), endpoint.sslMode()),
                null,
                null,
                major);
    }

    /** The module that talks to servers, without an application; one for all tests of a process. */
    private static final class Module {

        static final AnnotationConfigApplicationContext CONTEXT =
                new AnnotationConfigApplicationContext(PostgresModule.class);
    }

    @TestConfiguration
    @ComponentScan("dev.upshift.postgres")
    @ConfigurationPropertiesScan("dev.upshift.postgres")
    @Import(Waiting.class)
    static class PostgresModule {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
