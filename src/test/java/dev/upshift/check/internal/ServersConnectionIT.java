package dev.upshift.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Proves;
import dev.upshift.check.Witness;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.pooler.StoreInMemory;
import dev.upshift.project.Cluster;
import dev.upshift.project.ConnectionTest.Report;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What people are told when they give servers and poolers that cannot be used, each refusal by a real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServersConnectionIT {

    private static final String SECRET = "geheim";

    private final LabDirectory directory = LabDirectory.create();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private ServersConnectionTest test;
    private SavingChecks checks;
    private PostgresCluster source;
    private PostgresCluster target;
    private PostgresCluster physical;
    private PgBouncer pooler;

    @BeforeAll
    void start() {
        context.scan("dev.upshift.check", "dev.upshift.pooler", "dev.upshift.postgres", "dev.upshift.shared");
        context.register(StoreInMemory.class);
        context.addBeanFactoryPostProcessor(beans -> Stream.of(beans.getBeanDefinitionNames())
                .forEach(name -> beans.getBeanDefinition(name).setLazyInit(true)));
        context.refresh();
        test = context.getBean(ServersConnectionTest.class);
        checks = context.getBean(SavingChecks.class);

        source =
                PostgresCluster.of(13, directory).named("source").durable(false).start();
        source.execute("postgres", "create database shop");
        source.execute("postgres", "create database billing");
        target =
                PostgresCluster.of(17, directory).named("target").durable(false).start();
        physical = PostgresCluster.of(13, directory)
                .named("physical")
                .setting("wal_level", "replica")
                .durable(false)
                .start();
        pooler = pooler("bouncer", builder -> builder.setting("stats_users", Login.APP.user()));
    }

    @AfterAll
    void stop() {
        pooler.close();
        source.close();
        target.close();
        physical.close();
        context.close();
        directory.close();
    }

    @Test
    void findsNothingWrongWithWhatWorks() throws IOException {
        Report report = test.test(draft());

        assertThat(report).isEqualTo(new Report(List.of(), 13, 17));
        try (Stream<Path> files = Files.list(pooler.databasesIni().getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("upshift"));
        }
    }

    @Test
    void acceptsPoolersThatLeadToTheTargetAlready() {
        try (PgBouncer switched =
                pooler("bouncer-switched", builder -> builder.database("shop", connectString("shop", target.port())))) {
            assertThat(problems(draft(console(switched)))).isEmpty();
        }
    }

    @Test
    @Proves("servers-reachable")
    void tellsAWrongPassword() {
        worksAsItIs();
        Endpoint wrong = new Endpoint("127.0.0.1", source.port(), "upshift", new Secret(SECRET), SslMode.DISABLE);

        onlyProblem(draft(new Cluster(wrong, null, null, null), cluster(target.port())), "source.password", "upshift");
    }

    @Test
    void tellsAnUnknownHostAndAPortWhereNobodyListens() {
        Endpoint unknown = new Endpoint("no-such-host.invalid", 5432, "upshift", new Secret(SECRET), SslMode.DISABLE);

        assertThat(problems(draft(new Cluster(unknown, null, null, null), cluster(1))))
                .anySatisfy(is("source.host", "no-such-host.invalid", "not known"))
                .anySatisfy(is("target.port", "127.0.0.1:1"));
    }

    /** That no entry leads there is the same mistake, and no second one. */
    @Test
    void oneHostThatIsMistypedIsOneProblem() {
        Endpoint mistyped = endpoint("no-such-host.invalid", source.port());

        onlyProblem(
                draft(new Cluster(mistyped, null, null, null), cluster(target.port())),
                "source.host",
                "no-such-host.invalid");
        onlyProblem(
                draft(cluster(source.port()), new Cluster(mistyped, null, null, null)),
                "target.host",
                "no-such-host.invalid");
        onlyProblem(draft(cluster(1), cluster(target.port())), "source.port", "127.0.0.1:1");
    }

    @Test
    void doesNotWaitForServersThatHang() {
        target.suspend();
        pooler.suspend();
        Instant begun = Instant.now();
        try {
            assertThat(problems(draft()))
                    .anySatisfy(is("target.host", "did not answer in time"))
                    .anySatisfy(is("poolers[0].host", "nothing answered in time"))
                    .hasSize(2);
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(11));
        } finally {
            target.thaw();
            pooler.proceed();
        }
    }

    @Test
    void tellsADatabaseThatTheSourceDoesNotHave() {
        assertThat(problems(draft("shop", "attic")))
                .anySatisfy(is("databases[1]", "no database attic"))
                .anySatisfy(is("poolers[0].config.path", "for database attic"))
                .hasSize(2);
    }

    /** It lets us in nowhere, but does answer: nothing that is asked of it would have been seen. */
    @Test
    void tellsATargetWithoutAnyDatabaseToSignInTo() {
        target.execute("template1", "drop database postgres with (force)");
        try {
            onlyProblem(draft(), "target.host", "neither a database postgres", "Create the database postgres");
        } finally {
            target.execute("template1", "create database postgres");
        }
    }

    @Test
    @Proves({"wal-level", "clusters-differ", "target-is-newer"})
    void tellsTheSameMajorTheSameClusterAndAWalLevelThatIsTooLow() {
        worksAsItIs();
        assertThat(problems(draft(cluster(target.port()), cluster(source.port()))))
                .anySatisfy(is("target.host", "newer major version"))
                .anySatisfy(is("databases[0]", "no database shop"))
                .hasSize(2);
        onlyProblem(
                draft(cluster(source.port()), new Cluster(endpoint("localhost", source.port()), null, null, null)),
                "target.host",
                "same cluster");
        assertThat(problems(draft(cluster(source.port()), cluster(physical.port()))))
                .anySatisfy(is("target.host", "wal_level is replica", "restart"))
                .anySatisfy(is("target.host", "newer major version"))
                .hasSize(2);
    }

    @Test
    @Proves("poolers-reachable")
    void tellsAConsoleUserWhoMayNotPause() {
        worksAsItIs();
        onlyProblem(
                draft(console(pooler, Login.APP.user(), Login.APP.password())),
                "poolers[0].username",
                "may not PAUSE",
                "admin_users");
    }

    @Test
    void tellsAConsoleThatDoesNotLetUsIn() {
        onlyProblem(draft(console(pooler, "upshift", SECRET)), "poolers[0].password", "pooler's auth_file");
        onlyProblem(
                draft(new PoolerAddress("bouncer", endpoint(1), file(pooler))), "poolers[0].port", "nothing listens");
        onlyProblem(
                draft(new PoolerAddress("bouncer", endpoint(source.port()), file(pooler))),
                "poolers[0].host",
                "no PgBouncer console");
    }

    @Test
    @Proves({"pool-mode", "pooler-min-pool-size"})
    void tellsPoolersThatCannotHoldClients() {
        worksAsItIs();
        try (PgBouncer session = pooler("bouncer-session", builder -> builder.poolMode("session"))) {
            onlyProblem(draft(console(session)), "poolers[0].config.path", "pool_mode = session");
        }
        try (PgBouncer mixed = pooler(
                "bouncer-mixed",
                builder -> builder.database("report", connectString("shop", source.port()) + " pool_mode=session"))) {
            onlyProblem(draft(console(mixed)), "poolers[0].config.path", "report", "pool_mode = session");
        }
        try (PgBouncer eager = pooler("bouncer-eager", builder -> builder.setting("min_pool_size", "2"))) {
            onlyProblem(draft(console(eager)), "poolers[0].config.path", "min_pool_size = 2");
        }
    }

    @Test
    @Proves({"pooler-config-writable", "pooler-forgotten"})
    void tellsAConfigurationThatCannotBeUsed() throws IOException {
        worksAsItIs();
        onlyProblem(
                draft(new PoolerAddress("bouncer", endpoint(pooler.port()), new ConfigurationLocation("consul", "x"))),
                "poolers[0].config.type",
                "no configuration store of type consul");
        onlyProblem(draft(pooler(directory.path().resolve("nowhere.ini"))), "poolers[0].config.path", "no file");
        for (String without : List.of("", "[databases]\n%include entries.ini\n")) {
            assertThat(problems(draft(pooler(write(without)))))
                    .as(without)
                    .anySatisfy(is("poolers[0].config.path", "no entries at all"))
                    .anySatisfy(is("poolers[0].config.path", "entry shop that leads to the source", "does not show it"))
                    .hasSize(2);
        }
    }

    @Test
    @Proves("pooler-entries")
    void tellsThatNoEntryLeadsToTheSource() {
        worksAsItIs();
        try (PgBouncer elsewhere =
                pooler("bouncer-elsewhere", builder -> builder.database("shop", connectString("shop", 6000)))) {
            onlyProblem(
                    draft(console(elsewhere)),
                    "poolers[0].config.path",
                    "No entry",
                    "127.0.0.1:" + source.port(),
                    "shop → 127.0.0.1:6000/shop",
                    "peerHost");
        }
    }

    @Test
    @Proves("pooler-entries-mappable")
    void tellsEntriesThatCannotBeMapped() {
        worksAsItIs();
        try (PgBouncer fallback = PgBouncer.named("bouncer-fallback", directory)
                .database("*", "host=127.0.0.1 port=" + source.port())
                .start()) {
            onlyProblem(draft(console(fallback)), "poolers[0].config.path", "fallback entry * on line 3");
        }
        try (PgBouncer socket = pooler(
                "bouncer-socket", builder -> builder.database("report", "port=" + source.port() + " dbname=shop"))) {
            onlyProblem(
                    draft(console(socket)), "poolers[0].config.path", "entry report", "Unix socket", "Give it a host");
        }
        try (PgBouncer spread = pooler(
                "bouncer-spread",
                builder -> builder.database("shop", "host=127.0.0.1,127.0.0.2 port=" + source.port()))) {
            onlyProblem(draft(console(spread)), "poolers[0].config.path", "entry shop", "several hosts");
        }
    }

    @Test
    @Proves("pooler-entries-running")
    void tellsThatTheFileIsNotWhatThePoolerRuns() {
        worksAsItIs();
        try (PgBouncer two =
                pooler("bouncer-two", builder -> builder.database("report", connectString("shop", source.port())))) {
            onlyProblem(
                    draft(new PoolerAddress("bouncer", endpoint(two.port()), file(entries("shop", source.port())))),
                    "poolers[0].config.path",
                    "has an entry report that leads to the source as well");
            onlyProblem(
                    draft(new PoolerAddress(
                            "bouncer",
                            endpoint(two.port()),
                            file(write("shop = %1$s\nreport = %1$s\nsales = %1$s\n"
                                    .formatted(connectString("shop", source.port())))))),
                    "poolers[0].config.path",
                    "does not have the entry sales as it stands in");
        }
    }

    @Test
    @Proves("source-version")
    void tellsASourceThatIsNewerThanAnyTarget() {
        worksAsItIs();
        try (PostgresCluster newest =
                PostgresCluster.of(18, directory).named("newest").durable(false).start()) {
            newest.execute("postgres", "create database shop");
            onlyProblem(
                    draft(cluster(newest.port()), cluster(target.port())),
                    "source.host",
                    "The source runs PostgreSQL 18",
                    "upgrades from 13 to 17");
        }
    }

    @Test
    @Proves("servers-are-primaries")
    void tellsAStandby() {
        worksAsItIs();
        try (PostgresCluster standby = PostgresCluster.of(17, directory)
                .named("standby")
                .durable(false)
                .start()) {
            standby.restartAsStandby();
            onlyProblem(
                    draft(cluster(source.port()), cluster(standby.port())),
                    "target.host",
                    "This server is in recovery",
                    "address of its primary");
        }
    }

    /** Its text is what the pooler runs; that it is no file is no matter. */
    @Test
    void aStoreThatSomebodyAddedIsReadLikeTheFile() throws IOException {
        context.getBean(StoreInMemory.class).with("bouncer", Files.readString(pooler.databasesIni()));

        assertThat(problems(draft(new PoolerAddress(
                        "bouncer", endpoint(pooler.port()), new ConfigurationLocation("memory", "bouncer")))))
                .isEmpty();
        onlyProblem(
                draft(new PoolerAddress(
                        "bouncer", endpoint(pooler.port()), new ConfigurationLocation("memory", "attic"))),
                "poolers[0].config.path",
                "There is no text attic");
    }

    /** What is wrong with something else is found where nothing was. */
    private void worksAsItIs() {
        assertThat(problems(draft())).isEmpty();
    }

    private PgBouncer pooler(String name, Consumer<PgBouncer.Builder> settings) {
        PgBouncer.Builder builder =
                PgBouncer.named(name, directory).database("shop", connectString("shop", source.port()));
        settings.accept(builder);
        return builder.start();
    }

    private void onlyProblem(ProjectDraft draft, String field, String... says) {
        assertThat(problems(draft)).singleElement().satisfies(is(field, says));
    }

    private List<FieldProblem> problems(ProjectDraft draft) {
        TriedDraft tried = test.tried(draft);
        checks.ask(tried).forEach(Witness::saw);
        List<FieldProblem> problems = checks.problems(tried);
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.message()).doesNotContain(SECRET, "Exception", "null"));
        return problems;
    }

    private static Consumer<FieldProblem> is(String field, String... says) {
        return problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).contains(says);
        };
    }

    private ProjectDraft draft(String... databases) {
        return draft(
                cluster(source.port()),
                cluster(target.port()),
                List.of(databases.length == 0 ? new String[] {"shop"} : databases),
                console(pooler));
    }

    private ProjectDraft draft(PoolerAddress address) {
        return draft(cluster(source.port()), cluster(target.port()), List.of("shop"), address);
    }

    /** Whatever the servers, the poolers know the source where it really is. */
    private ProjectDraft draft(Cluster from, Cluster to) {
        Cluster behindPoolers = new Cluster(from.endpoint(), "127.0.0.1", source.port(), null);
        return draft(behindPoolers, to, List.of("shop"), console(pooler));
    }

    private static ProjectDraft draft(Cluster from, Cluster to, List<String> databases, PoolerAddress address) {
        return new ProjectDraft("lab", "Lab", from, to, databases, List.of(address), ProjectSettings.DEFAULTS);
    }

    private PoolerAddress pooler(Path configuration) {
        return new PoolerAddress("bouncer", endpoint(pooler.port()), file(configuration));
    }

    private static PoolerAddress console(PgBouncer pooler) {
        return console(pooler, Login.UPSHIFT.user(), Login.UPSHIFT.password());
    }

    private static PoolerAddress console(PgBouncer pooler, String user, String password) {
        return new PoolerAddress(
                "bouncer",
                new Endpoint("127.0.0.1", pooler.port(), user, new Secret(password), SslMode.DISABLE),
                file(pooler));
    }

    private static ConfigurationLocation file(PgBouncer pooler) {
        return file(pooler.databasesIni());
    }

    private static ConfigurationLocation file(Path path) {
        return new ConfigurationLocation("file", path.toString());
    }

    private Path entries(String database, int port) {
        return write("[databases]\n%s = %s\n".formatted(database, connectString(database, port)));
    }

    private Path write(String text) {
        try {
            return Files.writeString(Files.createTempFile(directory.path(), "databases", ".ini"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String connectString(String database, int port) {
        return "host=127.0.0.1 port=" + port + " dbname=" + database;
    }

    private static Cluster cluster(int port) {
        return new Cluster(endpoint(port), null, null, null);
    }

    private static Endpoint endpoint(int port) {
        return endpoint("127.0.0.1", port);
    }

    private static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, Login.UPSHIFT.user(), new Secret(Login.UPSHIFT.password()), SslMode.DISABLE);
    }
}
