package dev.upshift.check.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.check.ForgottenEntries;
import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.check.Proves;
import dev.upshift.check.Witness;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.internal.overlap.OverlapChecks;
import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.internal.configuration.IniTexts;
import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Clients that a switch would leave behind are seen before: behind another spelling, at another process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoolersTogetherIT {

    private final LabDirectory directory = LabDirectory.create();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private ServersConnectionTest test;
    private SavingChecks checks;
    private OverlapChecks overlap;
    private PostgresCluster source;
    private PostgresCluster target;

    @BeforeAll
    void start() {
        context.scan("dev.upshift.check", "dev.upshift.pooler", "dev.upshift.postgres", "dev.upshift.shared");
        context.addBeanFactoryPostProcessor(beans -> Stream.of(beans.getBeanDefinitionNames())
                .forEach(name -> beans.getBeanDefinition(name).setLazyInit(true)));
        context.refresh();
        test = context.getBean(ServersConnectionTest.class);
        checks = context.getBean(SavingChecks.class);
        overlap = context.getBean(OverlapChecks.class);
        source =
                PostgresCluster.of(13, directory).named("source").durable(false).start();
        source.execute("postgres", "create database shop");
        target =
                PostgresCluster.of(17, directory).named("target").durable(false).start();
    }

    @AfterAll
    void stop() {
        source.close();
        target.close();
        context.close();
        directory.close();
    }

    @Test
    @Proves("pooler-forgotten")
    void findsEntriesThatLeadToTheSourceUnderAnotherName() {
        try (PgBouncer alike = shop("alike").start()) {
            assertThat(problems(console(alike))).isEmpty();
        }
        try (PgBouncer pooler = shop("spelled")
                .database("reports", "host=localhost port=" + source.port() + " dbname=shop")
                .database("elsewhere", "host=localhost port=" + target.port() + " dbname=shop")
                .start()) {
            assertThat(problems(console(pooler)))
                    .as("the target under another name would be forgotten by a rollback")
                    .satisfiesExactly(
                            problem -> assertThat(problem.message())
                                    .contains("entry reports", "localhost:" + source.port(), "leads to the source")
                                    .contains("127.0.0.1:" + source.port()),
                            problem ->
                                    assertThat(problem.message()).contains("entry elsewhere", "leads to the target"));
        }
    }

    /** The server does not know the user. */
    @Test
    void tellsByTheAddressWhereNobodyCanSignIn() {
        try (PgBouncer pooler = shop("address")
                .database("reports", "host=::1 port=" + source.port() + " dbname=shop user=nobody")
                .start()) {
            assertThat(problems(console(pooler)))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .contains("entry reports", "::1:" + source.port(), "leads to the source"));
        }
    }

    @Test
    void asksTheServerThatAnswers() throws SQLException {
        target.execute("postgres", "create database shop");
        try (PgBouncer other = shop("other")
                        .database("other", "host=localhost port=" + target.port() + " dbname=shop")
                        .start();
                Connection client = other.connect("other", Login.UPSHIFT)) {
            assertThat(client.isValid(5)).isTrue();
            assertThat(problems(console(other)))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("entry other", "leads to the target"));
        } finally {
            target.execute("postgres", "drop database shop with (force)");
        }
    }

    @Test
    void namesTheUserWhoIsPooledBySession() throws SQLException {
        try (PgBouncer pooler = shop("users").start()) {
            pooler.replaceMainConfiguration(
                    pooler.mainConfiguration() + "\n[users]\n" + Login.UPSHIFT.user() + " = pool_mode=session\n");
            pooler.command("RELOAD");
            try (Connection client = pooler.connect("shop", Login.UPSHIFT)) {
                assertThat(client.isValid(5)).isTrue();
                assertThat(problems(console(pooler)))
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.message())
                                .contains("pool_mode = session", "for the user " + Login.UPSHIFT.user()));
            }
        }
    }

    @Test
    @Proves("pooler-processes")
    void refusesTwoProcessesBehindOnePort() {
        try (PgBouncer alone = shop("alone").start()) {
            assertThat(problems(console(alone))).isEmpty();
        }
        try (PgBouncer first = shop("first").setting("so_reuseport", "1").start();
                PgBouncer second = shop("second")
                        .setting("so_reuseport", "1")
                        .on(first.port())
                        .start()) {
            assertThat(second.port()).isEqualTo(first.port());
            assertThat(problems(console(first))).anySatisfy(problem -> {
                assertThat(problem.field()).isEqualTo("poolers");
                assertThat(problem.message()).contains("so_reuseport = 1", "register each");
            });
        }
    }

    /** Between the look at its console and this one. */
    @Test
    void whatCannotBeAskedAnyMoreIsNotTakenForNothing() {
        PoolerAddress gone;
        try (PgBouncer pooler = shop("gone").start()) {
            gone = console(pooler);
            assertThat(context.getBean(PoolerProcesses.class)
                            .look(List.of(gone))
                            .objections())
                    .isEmpty();
        }

        assertThat(context.getBean(PoolerProcesses.class).look(List.of(gone)).sentences())
                .singleElement()
                .satisfies(sentence -> assertThat(sentence)
                        .startsWith("gone: nobody could ask which processes take its clients: ")
                        .contains(gone.console().address()));
        Asked asked = new Asked(
                gone,
                IniTexts.of("shop = host=127.0.0.1"),
                Side.SOURCE,
                cluster(source.port()),
                cluster(target.port()),
                Set.of("shop"));
        assertThatThrownBy(() -> context.getBean(ForgottenEntries.class).of(asked))
                .isInstanceOf(PoolerUnreachable.class);
        assertThat(problems(gone))
                .as("told once")
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("poolers[0].port"));
    }

    @Test
    void refusesOneProcessUnderTwoNames() throws IOException {
        try (PgBouncer pooler = shop("twice").start()) {
            PoolerAddress once = console(pooler);
            Path copy = Files.copy(pooler.databasesIni(), directory.path().resolve("again.ini"));
            PoolerAddress again = new PoolerAddress(
                    "again", endpoint("localhost", pooler.port()), new ConfigurationLocation("file", copy.toString()));

            assertThat(problems(once, again))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("twice: again is the same process"));
        }
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        try (PgBouncer pooler = shop("device").start()) {
            for (Path path : List.of(Path.of("/dev/zero"), directory.path())) {
                PoolerAddress address = new PoolerAddress(
                        "device",
                        endpoint("127.0.0.1", pooler.port()),
                        new ConfigurationLocation("file", path.toString()));
                assertThat(problems(address))
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.message()).contains("not a regular file"));
            }
            assertThat(Files.isRegularFile(pooler.databasesIni())).isTrue();
        }
    }

    @Test
    @Proves({"project-overlap", "pooler-overlap"})
    void findsWhatAnotherProjectHas() {
        try (PgBouncer pooler = shop("shared").start();
                PgBouncer another = shop("another").start()) {
            ProjectDraft ours = draft(console(pooler));
            Cluster underAnotherName = new Cluster(endpoint("localhost", source.port()), null, null, null);

            assertThat(overlaps(ours)).isEmpty();
            assertThat(overlaps(ours, project(underAnotherName, cluster(1), List.of("shop"), console(another))))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.field()).isEqualTo("databases[0]");
                        assertThat(problem.message()).contains("shop on the source", "project other", "replicating");
                    });
            assertThat(overlaps(ours, project(cluster(1), cluster(2), List.of("shop"), console(another))))
                    .isEmpty();
            assertThat(overlaps(ours, project(underAnotherName, cluster(2), List.of("billing"), console(another))))
                    .as("another database of the same cluster")
                    .isEmpty();
            assertThat(overlaps(ours, project(cluster(1), cluster(2), List.of("billing"), console(pooler))))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("Pooler shared is pooler shared"));
        }
    }

    private PgBouncer.Builder shop(String name) {
        return PgBouncer.named(name, directory)
                .database("shop", "host=127.0.0.1 port=" + source.port() + " dbname=shop");
    }

    private List<FieldProblem> problems(PoolerAddress... poolers) {
        TriedDraft tried = test.tried(draft(poolers));
        checks.ask(tried).forEach(Witness::saw);
        return checks.problems(tried);
    }

    private List<FieldProblem> overlaps(ProjectDraft ours, Project... others) {
        overlap.ask(ours, List.of(others)).forEach(Witness::saw);
        return test.overlaps(ours, List.of(others));
    }

    private ProjectDraft draft(PoolerAddress... poolers) {
        return new ProjectDraft(
                "lab",
                "Lab",
                cluster(source.port()),
                cluster(target.port()),
                List.of("shop"),
                List.of(poolers),
                ProjectSettings.DEFAULTS);
    }

    private static Project project(Cluster from, Cluster to, List<String> databases, PoolerAddress pooler) {
        return new Project(
                7,
                "other",
                "Other",
                from,
                to,
                databases,
                List.of(pooler),
                ProjectSettings.DEFAULTS,
                Phase.REPLICATING,
                Side.SOURCE,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static PoolerAddress console(PgBouncer pooler) {
        return new PoolerAddress(
                pooler.name(),
                endpoint("127.0.0.1", pooler.port()),
                new ConfigurationLocation("file", pooler.databasesIni().toString()));
    }

    private static Cluster cluster(int port) {
        return new Cluster(endpoint("127.0.0.1", port), null, null, null);
    }

    private static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, Login.UPSHIFT.user(), new Secret(Login.UPSHIFT.password()), SslMode.DISABLE);
    }
}
