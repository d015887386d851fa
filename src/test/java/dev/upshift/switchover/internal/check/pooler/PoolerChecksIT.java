package dev.upshift.switchover.internal.check.pooler;

import static dev.upshift.switchover.internal.check.pooler.RealSwitch.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What each check of poolers and of roles finds on real ones, between 13 and 18, and that its remedy helps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoolerChecksIT {

    private static final Login ASKER = new Login("asker", "asker-lab");
    private static final Login READER = new Login("reader", "reader-lab");
    private static final Login REPORTS = new Login("reports", "reports-lab");
    private static final Login MOVER = new Login("mover", "mover-lab");

    private RealSwitch world;

    @BeforeAll
    void start() {
        world = new RealSwitch(13, 18);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    @Proves("pooler-configuration")
    void aFileOfWhichNothingOrTooMuchLeadsToTheSource() {
        try (PgBouncer good = world.pooler("good").start();
                PgBouncer pooler = world.pooler("file").start()) {
            Project project = world.project(good, pooler);
            String file = pooler.configuration();

            pooler.replaceConfiguration("[databases]\nshop = host=127.0.0.1 port=%d\n"
                    .formatted(world.target().port()));
            assertThat(only("pooler-configuration", project))
                    .returns(Place.at("file"), Finding::place)
                    .returns(List.of(pooler.databasesIni().toString()), Finding::objects)
                    .extracting(Finding::sentence)
                    .asString()
                    .startsWith("file: it has no entry that leads to the source (127.0.0.1:%d) in "
                            .formatted(world.source().port()))
                    .endsWith("Correct that file, RELOAD, and look again.");

            pooler.replaceConfiguration("[databases]\nshop = host=127.0.0.1,localhost port=%d\n"
                    .formatted(world.source().port()));
            assertThat(only("pooler-configuration", project).sentence())
                    .startsWith("file: ")
                    .contains("several hosts");
            assertThat(world.ask(project)).as("nothing else is asked").hasSize(1);

            pooler.replaceConfiguration(file);
            passes("pooler-configuration", project);
        }
    }

    @Test
    @Proves("poolers-reachable")
    void aPoolerThatIsNotThere() {
        try (PgBouncer up = world.pooler("up").start();
                PgBouncer down = world.pooler("down").start()) {
            Project project = world.project(up, down);
            down.stop();

            assertThat(only("poolers-reachable", project))
                    .returns(Place.at("down"), Finding::place)
                    .extracting(Finding::reason)
                    .asString()
                    .contains("127.0.0.1:" + down.port(), "nothing listens there", "whether PgBouncer runs");
            passes("poolers-serving", project);
            assertThat(world.ask(project))
                    .extracting(CheckOutcome::check)
                    .as("of clients that would stay behind nothing can be told")
                    .doesNotContain("pooler-forgotten", "pooler-processes")
                    .contains("application-logins");

            down.start();
            passes("poolers-reachable", project);
        }
    }

    @Test
    @Proves("poolers-serving")
    void entriesThatDoNotServe() {
        try (PgBouncer pooler = world.pooler("serving")
                .database(
                        "shop_ro",
                        "host=127.0.0.1 port=%d dbname=shop"
                                .formatted(world.source().port()))
                .start()) {
            Project project = world.project(pooler);
            pooler.command("PAUSE shop");
            pooler.command("DISABLE shop_ro");
            pooler.replaceConfiguration(pooler.configuration()
                    .replace(
                            "; Not",
                            "late = host=127.0.0.1 port=%d dbname=shop\n; Not"
                                    .formatted(world.source().port())));

            assertThat(findings("poolers-serving", project))
                    .allMatch(finding -> finding.place().equals(Place.at("serving")))
                    .extracting(Finding::sentence)
                    .containsExactly(
                            "serving: shop is paused. RESUME each on that console, once you know who did it.",
                            "serving: shop_ro is disabled. ENABLE each on that console, once you know who did it.",
                            "serving: the running process does not know all entries of its file, not late. RELOAD it.");

            pooler.command("RESUME shop");
            pooler.command("ENABLE shop_ro");
            pooler.command("RELOAD");
            passes("poolers-serving", project);
        }
    }

    /** Up to 1.18 the console does not tell, and an entry of a pooler that is paused as a whole is not shown as paused. */
    @Test
    void aPauseAsAWholeIsSeenWhereTheVersionTells() {
        try (PgBouncer pooler = world.pooler("whole").start()) {
            Project project = world.project(pooler);
            pooler.command("PAUSE");
            try {
                List<Finding> found = found("pooler-state", project);
                assertThat(found).hasSize(tellsState(pooler) ? 1 : 0);
                assertThat(found)
                        .extracting(Finding::sentence)
                        .allMatch(sentence -> sentence.equals("whole: it is paused as a whole (PAUSE without a name)."
                                + " RESUME without a name on that console, once you know who did it."));
            } finally {
                pooler.command("RESUME");
            }
            passes("pooler-state", project);
        }
    }

    private static boolean tellsState(PgBouncer pooler) {
        try {
            return !pooler.show("STATE").isEmpty();
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    @Test
    @Proves("pool-mode")
    void entriesAndUsersWithSessionPooling() throws SQLException {
        try (PgBouncer pooler = world.pooler("mode").start()) {
            Project project = world.project(pooler);
            String file = pooler.configuration();
            pooler.replaceConfiguration(file.replace("dbname=shop", "dbname=shop pool_mode=session"));
            pooler.command("RELOAD");
            assertThat(only("pool-mode", project))
                    .returns(Place.at("mode"), Finding::place)
                    .returns(List.of("shop"), Finding::objects)
                    .extracting(Finding::sentence)
                    .asString()
                    .startsWith("mode: pool_mode = session is used for shop, where PAUSE waits for clients")
                    .contains("Set pool_mode = transaction there");
            pooler.replaceConfiguration(file.replace("dbname=shop", "dbname=shop pool_mode=transaction"));
            pooler.command("RELOAD");
            passes("pool-mode", project);

            String main = pooler.mainConfiguration();
            String users = "\n[users]\n" + Login.APP.user() + " = pool_mode=";
            pooler.replaceMainConfiguration(main + users + "session\n");
            pooler.command("RELOAD");
            try (Connection client = pooler.connect("shop", Login.APP)) {
                assertThat(client.isValid(5)).isTrue();
                assertThat(only("pool-mode", project).reason())
                        .startsWith("pool_mode = session is used for shop for the user app (section [users]),");
                pooler.replaceMainConfiguration(main + users + "transaction\n");
                pooler.command("RELOAD");
                passes("pool-mode", project);
            }
        }
    }

    @Test
    @Proves("pooler-timeouts")
    void clientsWhoWouldNotWaitAsLongAsAPauseMayTake() {
        try (PgBouncer pooler =
                world.pooler("timeouts").setting("query_wait_timeout", "12").start()) {
            Project project = world.project(pooler);
            assertThat(only("pooler-timeouts", project))
                    .returns(Place.at("timeouts"), Finding::place)
                    .returns(List.of("shop"), Finding::objects)
                    .extracting(Finding::sentence)
                    .isEqualTo(
                            "timeouts: clients who wait for shop are thrown out after 12 s (query_wait_timeout); a pause"
                                    + " budget of 5 s needs at least 15 s. Set query_wait_timeout = 15 there and RELOAD, or lower"
                                    + " the pause budget.");

            pooler.replaceMainConfiguration(
                    pooler.mainConfiguration().replace("query_wait_timeout = 12", "query_wait_timeout = 15"));
            pooler.command("RELOAD");
            passes("pooler-timeouts", project);
        }
    }

    @Test
    @Proves("pooler-forgotten")
    void anEntryThatLeadsToTheSourceUnderAnotherName() {
        int port = world.source().port();
        try (PgBouncer pooler = world.pooler("spelled")
                .database("reports", "host=localhost port=%d dbname=shop".formatted(port))
                .start()) {
            Project project = world.project(pooler);
            assertThat(only("pooler-forgotten", project))
                    .returns(Place.at("spelled"), Finding::place)
                    .returns(List.of("reports"), Finding::objects)
                    .extracting(Finding::sentence)
                    .isEqualTo(("spelled: the entry reports (localhost:%d) leads to the source under another name: its"
                                    + " clients would stay behind. Write it with the host and port of the others,"
                                    + " 127.0.0.1:%1$d, and RELOAD.")
                            .formatted(port));

            pooler.replaceConfiguration(pooler.configuration().replace("host=localhost", "host=127.0.0.1"));
            pooler.command("RELOAD");
            passes("pooler-forgotten", project);
        }
    }

    @Test
    @Proves("pooler-processes")
    void aSecondProcessBehindThePort() {
        try (PgBouncer first =
                        world.pooler("first").setting("so_reuseport", "1").start();
                PgBouncer second = world.pooler("second")
                        .setting("so_reuseport", "1")
                        .on(first.port())
                        .start()) {
            Project project = world.project(first);
            assertThat(findings("pooler-processes", project)).allSatisfy(finding -> {
                assertThat(finding.place()).isEqualTo(Place.at("first"));
                assertThat(finding.reason()).contains("only one of them would be paused and moved");
            });
            assertThat(findings("pooler-processes", project).getFirst().sentence())
                    .contains("so_reuseport = 1", "listen_port of its own with so_reuseport = 0", "register each");

            second.stop();
            first.stop();
            first.replaceMainConfiguration(first.mainConfiguration().replace("so_reuseport = 1", "so_reuseport = 0"));
            first.start();
            passes("pooler-processes", project);
        }
    }

    @Test
    @Proves("pooler-auth-query")
    void passwordsThatCannotBeLookedUpOnTheTarget() {
        world.role(ASKER, "login");
        world.source().execute("shop", "grant select on pg_authid to asker");
        try (PgBouncer pooler = world.pooler("asking")
                .user(ASKER)
                .setting("auth_user", ASKER.user())
                .setting("auth_query", "select rolname, rolpassword from pg_authid where rolname = $1")
                .start()) {
            Project project =
                    world.project(Login.UPSHIFT, List.of(address(pooler)), List.of(Acceptance.APPLICATION_LOGINS));
            Finding found = only("pooler-auth-query", project);
            assertThat(found)
                    .returns(Place.on(Side.TARGET, "shop"), Finding::place)
                    .returns(List.of("asker"), Finding::objects)
                    .extracting(Finding::sentence)
                    .isEqualTo(
                            "shop on the target: asking looks up passwords as asker (auth_user, auth_query), and in this"
                                    + " database asker may not read table pg_catalog.pg_authid: new logins through it would fail."
                                    + " GRANT SELECT ON TABLE pg_catalog.pg_authid TO asker; in that database.");

            world.target().execute("shop", found.remedy().replace("; in that database.", ""));
            passes("pooler-auth-query", project);
        }
        try (PgBouncer pooler = world.pooler("untold")
                .user(ASKER)
                .setting("auth_user", ASKER.user())
                .setting("auth_query", "select 'somebody', 'something' where $1 is null")
                .start()) {
            assertThat(only("pooler-auth-query", world.project(pooler)).reason())
                    .contains("is not proven");
            Project accepting =
                    world.project(Login.UPSHIFT, List.of(address(pooler)), List.of(Acceptance.APPLICATION_LOGINS));
            assertThat(outcome("pooler-auth-query", accepting))
                    .returns(true, CheckOutcome::allows)
                    .extracting(CheckOutcome::words)
                    .asString()
                    .startsWith("Accepted for this project: shop on the target: that the auth_query of untold");
            assertThat(outcome(
                                    "pooler-auth-query",
                                    world.project(Login.UPSHIFT, List.of(address(pooler, Login.APP)), List.of()))
                            .result())
                    .isInstanceOf(NotApplicable.class);
        }
    }

    @Test
    @Proves("pooler-application-logins")
    void loginsOfTheApplicationThatDoNotGetThroughOrMayOnlyRead() {
        world.role(READER, "login");
        world.source().execute("shop", "alter role reader set default_transaction_read_only = on");
        try (PgBouncer pooler = world.pooler("logins").user(READER).start()) {
            assertThat(only("pooler-application-logins", naming(pooler, new Login(Login.APP.user(), "wrong"))))
                    .returns(Place.at("logins"), Finding::place)
                    .returns(List.of("app", "shop"), Finding::objects)
                    .extracting(Finding::sentence)
                    .asString()
                    .contains("the server behind shop", "correct it in the project");
            assertThat(only("pooler-application-logins", naming(pooler, READER)).sentence())
                    .isEqualTo(
                            "logins: reader may only read through shop. Name a login of the application that may write,"
                                    + " or none, in the project.");
            passes("pooler-application-logins", naming(pooler, Login.APP));
        } finally {
            world.source().execute("shop", "alter role reader reset default_transaction_read_only");
        }
    }

    private Project naming(PgBouncer pooler, Login application) {
        return world.project(Login.UPSHIFT, List.of(address(pooler, application)), List.of());
    }

    @Test
    @Proves("application-logins")
    void aRoleThatOnlyTheSourceHasOrThatHasAnotherPasswordThere() {
        try (PgBouncer pooler = world.pooler("users").start()) {
            Project project = world.project(pooler);
            passes("application-logins", project);
            world.source().execute("shop", "create role reports login password 'reports-lab'");
            assertThat(only("application-logins", project))
                    .returns(Place.on(Side.TARGET, "shop"), Finding::place)
                    .returns(List.of("reports"), Finding::objects)
                    .extracting(Finding::sentence)
                    .isEqualTo(
                            "shop on the target: these roles are missing: reports. CREATE ROLE …, with the verifier of"
                                    + " the other side.");
            assertThat(outcome(
                                    "application-logins",
                                    world.project(
                                            Login.UPSHIFT,
                                            List.of(address(pooler)),
                                            List.of(Acceptance.APPLICATION_LOGINS)))
                            .words())
                    .startsWith("Accepted for this project: shop on the target: these roles are missing: reports.");

            world.target().execute("shop", "create role reports login password 'another'");
            assertThat(only("application-logins", project).reason()).contains("another password verifier", "reports");

            world.target().execute("shop", "alter role reports password '%s'".formatted(world.verifier(REPORTS)));
            passes("application-logins", project);
        }
    }

    @Test
    @Proves("privileges")
    void aRoleOfOursWithoutRights() {
        world.role(MOVER, "login");
        try (PgBouncer pooler = world.pooler("ours").start()) {
            Project project = world.project(MOVER, List.of(address(pooler)), List.of());
            List<Finding> found = findings("privileges", project);
            assertThat(found).allMatch(finding -> finding.objects().equals(List.of("mover")));
            assertThat(found)
                    .extracting(Finding::sentence)
                    .contains(
                            "shop on the source: the role mover may not make, move and drop replication slots. ALTER ROLE"
                                    + " mover REPLICATION; there.",
                            "shop on the target: the role mover may not create a publication in the database. GRANT CREATE"
                                    + " ON DATABASE shop TO mover; there.");

            world.source().execute("shop", "alter role mover superuser");
            found.stream()
                    .filter(finding -> finding.place().equals(Place.on(Side.TARGET, "shop")))
                    .forEach(finding ->
                            world.target().execute("shop", finding.remedy().replace("; there.", "")));
            passes("privileges", project);
        }
    }

    private Finding only(String check, Project project) {
        List<Finding> findings = findings(check, project);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private List<Finding> findings(String check, Project project) {
        CheckOutcome outcome = outcome(check, project);
        assertThat(outcome.result()).isInstanceOf(Found.class);
        assertThat(outcome.allows()).isFalse();
        return found(outcome);
    }

    private List<Finding> found(String check, Project project) {
        return found(outcome(check, project));
    }

    private static List<Finding> found(CheckOutcome outcome) {
        return outcome.result() instanceof Found(var findings) ? findings : List.of();
    }

    private void passes(String check, Project project) {
        CheckOutcome outcome = outcome(check, project);
        assertThat(outcome.result()).as(outcome.words()).isNotInstanceOf(Found.class);
        assertThat(outcome.allows()).as(outcome.words()).isTrue();
    }

    private CheckOutcome outcome(String check, Project project) {
        return world.ask(project).stream()
                .filter(one -> one.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + " was not asked"));
    }
}
