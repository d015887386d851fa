package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Witness;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.pooler.PoolerPorts;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;
import dev.upshift.switchover.internal.check.role.RoleChecks;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Two real servers with a database {@code shop}, poolers before them, and what the checks of a switch say of them. */
final class RealSwitch implements AutoCloseable {

    static final String DATABASE = "shop";

    private final LabDirectory directory = LabDirectory.create();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Modules.class);
    private final PostgresCluster source;
    private final PostgresCluster target;

    RealSwitch(int from, int to) {
        source = PostgresCluster.of(from, directory)
                .named("source")
                .durable(false)
                .start();
        target =
                PostgresCluster.of(to, directory).named("target").durable(false).start();
        source.execute("postgres", "create database " + DATABASE);
        target.execute("postgres", "create database " + DATABASE);
        role(Login.APP, "login");
    }

    PostgresCluster source() {
        return source;
    }

    PostgresCluster target() {
        return target;
    }

    /** Makes a role on both sides, with one verifier. */
    void role(Login login, String options) {
        source.execute(
                "postgres", "create role %s %s password '%s'".formatted(login.user(), options, login.password()));
        target.execute("postgres", "create role %s %s password '%s'".formatted(login.user(), options, verifier(login)));
    }

    /** How the source verifies the password. */
    String verifier(Login login) {
        return source.value(
                "postgres", "select rolpassword from pg_authid where rolname = '%s'".formatted(login.user()));
    }

    /** A pooler whose entry {@code shop} leads to the source, not yet started. */
    PgBouncer.Builder pooler(String name) {
        return PgBouncer.named(name, directory).database(DATABASE, source.port());
    }

    Project project(PgBouncer... poolers) {
        return project(
                Login.UPSHIFT, Arrays.stream(poolers).map(RealSwitch::address).toList(), List.of());
    }

    /** @param ours as whom servers are signed in to */
    Project project(Login ours, List<PoolerAddress> poolers, List<Acceptance> accepted) {
        return new Project(
                1,
                "shop",
                "Shop",
                new Cluster(endpoint(source.port(), ours), null, null, null),
                new Cluster(endpoint(target.port(), ours), null, null, null),
                List.of(DATABASE),
                poolers,
                ProjectSettings.DEFAULTS.with("accepted", accepted),
                Phase.REPLICATING,
                Side.SOURCE,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static PoolerAddress address(PgBouncer pooler) {
        return new PoolerAddress(
                pooler.name(),
                endpoint(pooler.port(), Login.UPSHIFT),
                new ConfigurationLocation("file", pooler.databasesIni().toString()));
    }

    /** The same, with a login of the application. */
    static PoolerAddress address(PgBouncer pooler, Login application) {
        PoolerAddress without = address(pooler);
        return new PoolerAddress(
                without.name(),
                without.console(),
                without.configuration(),
                new ApplicationLogin(application.user(), new Secret(application.password())));
    }

    private static Endpoint endpoint(int port, Login login) {
        return new Endpoint(PostgresCluster.HOST, port, login.user(), new Secret(login.password()), SslMode.DISABLE);
    }

    /** What all checks of poolers and roles say of a switch to the target, those of roles where poolers have their files. */
    List<CheckOutcome> ask(Project project) {
        PoolerChecks poolers = context.getBean(PoolerChecks.class);
        try (Switch sw = new Switch(project, Side.SOURCE, ports())) {
            List<CheckOutcome> outcomes = new ArrayList<>(poolers.ask(sw));
            if (outcomes.getFirst().allows()) {
                outcomes.addAll(context.getBean(RoleChecks.class).list().ask(sw));
                outcomes.addAll(poolers.lookups().ask(sw));
                outcomes.addAll(poolers.logins().ask(sw));
            }
            outcomes.forEach(Witness::saw);
            return outcomes;
        }
    }

    private Ports ports() {
        Ports nothingElse = ExamplePorts.of();
        return new Ports(
                context.getBean(ServerPorts.class),
                context.getBean(PoolerPorts.class),
                nothingElse.records(),
                nothingElse.projects(),
                Timing.of(new Waiting(Clock.systemUTC())),
                Ownership.UNDISPUTED);
    }

    @Override
    public void close() {
        context.close();
        source.close();
        target.close();
        directory.close();
    }

    @TestConfiguration
    @ComponentScan(
            basePackages = {
                "dev.upshift.check.internal",
                "dev.upshift.pooler",
                "dev.upshift.postgres",
                "dev.upshift.switchover.internal.check"
            },
            lazyInit = true)
    @ConfigurationPropertiesScan("dev.upshift.postgres")
    @Import(Waiting.class)
    static class Modules {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
