package dev.upshift.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.Passed;
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
import dev.upshift.records.HeldBackSchemas;
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
import java.util.stream.Stream;
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

    private final PostgresCluster source;
    private final PostgresCluster target;
    private final String database = "checked_" + NUMBER.incrementAndGet();

    /** Empty databases. */
    public RealSides(int sourceMajor, int targetMajor) {
        this(SharedServers.of(sourceMajor), SharedServers.of(targetMajor));
    }

    /** Empty databases on servers of {@link SharedServers}. */
    public RealSides(PostgresCluster source, PostgresCluster target) {
        this.source = source;
        this.target = target;
        source.execute("postgres", "create database " + database);
        target.execute("postgres", "create database " + database);
    }

    public String database() {
        return database;
    }

    public PostgresCluster cluster(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    public void onSource(String sql) {
        source.execute(database, sql);
    }

    public void onTarget(String sql) {
        target.execute(database, sql);
    }

    public void onBoth(String sql) {
        onSource(sql);
        onTarget(sql);
    }

    public void on(Side side, String sql) {
        cluster(side).execute(database, sql);
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
        return cluster(side).connect(database);
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

    /** What the check finds now; it has to find something. */
    public List<Finding> findings(Check<Inspection> check) {
        return switch (ask(check).result()) {
            case Found(var findings) -> findings;
            case CheckResult other -> throw new AssertionError("%s found nothing: %s".formatted(check.id(), other));
        };
    }

    /** The one thing that the check finds now. */
    public Finding finding(Check<Inspection> check) {
        List<Finding> findings = findings(check);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    /** The check lets pass now. */
    public void passes(Check<Inspection> check) {
        assertThat(ask(check).result()).isEqualTo(new Passed());
    }

    /**
     * Real servers, and nothing that was noted of them.
     *
     * @param given what {@link ExamplePorts#of} takes besides
     */
    public static Ports ports(Object... given) {
        Stream<Object> nothing = Stream.of(
                ExamplePorts.proxy(HeldBackSchemas.class, (method, arguments) -> List.of()),
                new Waiting(Clock.systemUTC()));
        Ports nothingElse =
                ExamplePorts.of(Stream.concat(Stream.of(given), nothing).toArray());
        return new Ports(
                bean(ServerPorts.class),
                nothingElse.poolers(),
                nothingElse.records(),
                nothingElse.projects(),
                nothingElse.timing(),
                Ownership.UNDISPUTED);
    }

    /** What a check is made with. */
    public static <T> T bean(Class<T> type) {
        return Module.CONTEXT.getBean(type);
    }

    public Project project() {
        return project(Login.UPSHIFT);
    }

    /** @param ours our role on both sides */
    public Project project(Login ours) {
        return project(ours, Phase.SCHEMA_COPIED, Side.SOURCE);
    }

    public Project project(Phase phase, Side serving) {
        return project(Login.UPSHIFT, phase, serving);
    }

    private Project project(Login ours, Phase phase, Side serving) {
        return new Project(
                1,
                "checked",
                "Checked",
                cluster(source, ours),
                cluster(target, ours),
                List.of(database),
                List.of(),
                ProjectSettings.DEFAULTS,
                phase,
                serving,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static Cluster cluster(PostgresCluster server, Login ours) {
        Endpoint endpoint = SharedServers.endpoint(server);
        return new Cluster(
                new Endpoint(
                        endpoint.host(), endpoint.port(), ours.user(), new Secret(ours.password()), endpoint.sslMode()),
                null,
                null,
                server.major());
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
