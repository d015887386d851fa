package dev.upshift.check;

import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting;
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

    /** What talks to real servers, for tests with inspections of their own. */
    public static <T> T port(Class<T> type) {
        return Module.CONTEXT.getBean(type);
    }

    /** What the check answers about the project now. */
    public CheckOutcome ask(Check<Inspection> check) {
        Ports nothingElse = ExamplePorts.of();
        Ports ports = new Ports(
                port(ServerPorts.class),
                nothingElse.poolers(),
                nothingElse.records(),
                nothingElse.projects(),
                nothingElse.timing(),
                Ownership.UNDISPUTED);
        try (ProjectInspection inspected = ProjectInspection.of(project(), ports)) {
            CheckOutcome outcome =
                    CheckList.<Inspection>of(List.of(check)).ask(inspected).getFirst();
            Witness.saw(outcome);
            return outcome;
        }
    }

    private Project project() {
        return new Project(
                1,
                "checked",
                "Checked",
                new Cluster(SharedServers.endpoint(sourceMajor), null, null, sourceMajor),
                new Cluster(SharedServers.endpoint(targetMajor), null, null, targetMajor),
                List.of(database),
                List.of(),
                ProjectSettings.DEFAULTS,
                Phase.SCHEMA_COPIED,
                Side.SOURCE,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
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
