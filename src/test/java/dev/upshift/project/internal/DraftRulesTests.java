package dev.upshift.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftRulesTests {

    private static final ProjectDraft SHOP = ProjectDrafts.shop();

    @Test
    void acceptsACarefulDraft() {
        assertThatCode(() -> DraftRules.check(SHOP)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "shop-13-to-17", "a234567890123456789012345678901234567890"})
    void acceptsSlugs(String slug) {
        assertThatCode(() -> DraftRules.check(draft(slug, SHOP.source(), SHOP.databases(), SHOP.settings())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "Shop",
                "1shop",
                "-shop",
                "shop_1",
                "shöp",
                "shop\n",
                "a2345678901234567890123456789012345678901"
            })
    void refusesSlugs(String slug) {
        assertThat(problems(draft(slug, SHOP.source(), SHOP.databases(), SHOP.settings())))
                .extracting(FieldProblem::field)
                .containsExactly("slug");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db-old.internal", "10.0.0.9", "2001:db8::1", "::1", "::ffff:10.0.0.9", "DB_old"})
    void acceptsHosts(String host) {
        assertThatCode(() -> DraftRules.check(source(host, 5432))).doesNotThrowAnyException();
    }

    /** Nothing that could end a value in a connection string, a JDBC address or pgbouncer.ini. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a,b",
                "a/b",
                "a'b",
                "a=b",
                "a?ssl=off",
                "a;b",
                "/var/run/postgresql",
                "-h",
                "a\nb",
                "::",
                ":a",
                "[::1]",
                "http://a"
            })
    void refusesHosts(String host) {
        assertThat(problems(source(host, 5432))).extracting(FieldProblem::field).containsExactly("source.host");
    }

    @Test
    void doesNotCallTwoServersTheSameThatNobodyNamed() {
        Cluster nowhere = new Cluster(ProjectDrafts.endpoint("", 5432, "p"), null, null, null);
        ProjectDraft nameless =
                new ProjectDraft("shop", "Shop", nowhere, nowhere, SHOP.databases(), SHOP.poolers(), SHOP.settings());

        assertThat(problems(nameless)).extracting(FieldProblem::message).containsOnly("The host is missing.");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void refusesPorts(int port) {
        assertThat(problems(source("10.0.0.5", port))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("source.port");
            assertThat(problem.message()).contains("1 and 65535").contains(String.valueOf(port));
        });
    }

    @Test
    void refusesOneServerForBothSides() {
        assertThat(problems(source("10.0.0.6", 5432)))
                .extracting(FieldProblem::field)
                .containsExactly("target.host");
        assertThatCode(() -> DraftRules.check(source("10.0.0.6", 5433))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"template0", "template1", "''", "' '"})
    void refusesDatabases(String database) {
        assertThat(problems(draft("shop", SHOP.source(), List.of("shop", database), SHOP.settings())))
                .extracting(FieldProblem::field)
                .containsExactly("databases[1]");
    }

    @Test
    void refusesNoDatabaseAtAllAndOneNamedTwice() {
        assertThat(problems(draft("shop", SHOP.source(), List.of(), SHOP.settings())))
                .extracting(FieldProblem::field)
                .containsExactly("databases");
        assertThat(problems(draft("shop", SHOP.source(), List.of("a", "a"), SHOP.settings())))
                .singleElement()
                .extracting(FieldProblem::message)
                .isEqualTo("The database a is named twice.");
    }

    @Test
    void countsTheLengthOfIdentifiersInBytes() {
        assertThatCode(() -> DraftRules.check(draft("shop", SHOP.source(), List.of("ü".repeat(31)), SHOP.settings())))
                .doesNotThrowAnyException();
        assertThat(problems(draft("shop", SHOP.source(), List.of("ü".repeat(32)), SHOP.settings())))
                .singleElement()
                .extracting(FieldProblem::message)
                .isEqualTo("The database's name is longer than 63 bytes.");
    }

    @Test
    void refusesControlCharacters() {
        assertThat(problems(draft("shop", SHOP.source(), List.of("a\0b"), SHOP.settings())))
                .extracting(FieldProblem::field)
                .containsExactly("databases[0]");
    }

    @Test
    void refusesNoPoolerAndTwoThatAreTheSame() {
        assertThat(problems(poolers(List.of()))).extracting(FieldProblem::field).containsExactly("poolers");
        PoolerAddress pooler = ProjectDrafts.pooler("a", "10.0.0.7");
        assertThat(problems(poolers(List.of(pooler, pooler))))
                .extracting(FieldProblem::field)
                .containsExactly("poolers[1].name", "poolers[1].host");
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT5S, 3, 1000, PT10S, 2, PT24H, lagThresholdBytes",
        "1, PT0.999S, 3, 1000, PT10S, 2, PT24H, pauseBudget",
        "1, PT60.001S, 3, 1000, PT10S, 2, PT24H, pauseBudget",
        "1, PT-5S, 3, 1000, PT10S, 2, PT24H, pauseBudget",
        "1, PT5S, 0, 1000, PT10S, 2, PT24H, pauseAttempts",
        "1, PT5S, 11, 1000, PT10S, 2, PT24H, pauseAttempts",
        "1, PT5S, 3, 0, PT10S, 2, PT24H, sequenceMargin",
        "1, PT5S, 3, 1000001, PT10S, 2, PT24H, sequenceMargin",
        "1, PT5S, 3, 1000, PT0S, 2, PT24H, longTransactionLimit",
        "1, PT5S, 3, 1000, PT61M, 2, PT24H, longTransactionLimit",
        "1, PT5S, 3, 1000, PT10S, 0, PT24H, copyJobs",
        "1, PT5S, 3, 1000, PT10S, 33, PT24H, copyJobs",
        "1, PT5S, 3, 1000, PT10S, 2, PT59S, rehearsalMaxAge",
        "1, PT5S, 3, 1000, PT10S, 2, PT721H, rehearsalMaxAge",
    })
    void refusesSettingsOutOfBounds(
            long lag,
            Duration pause,
            int attempts,
            int margin,
            Duration transaction,
            int jobs,
            Duration age,
            String field) {
        ProjectSettings settings = new ProjectSettings(
                lag, pause, attempts, margin, transaction, false, jobs, false, false, age, List.of());

        assertThat(problems(ProjectDrafts.shop(settings)))
                .extracting(FieldProblem::field)
                .containsExactly("settings." + field);
    }

    @ParameterizedTest
    @CsvSource({"1, PT1S, 1, 1, PT1S, 1, PT1M", "9000000000, PT60S, 10, 1000000, PT1H, 32, PT720H"})
    void acceptsTheBoundsThemselves(
            long lag, Duration pause, int attempts, int margin, Duration transaction, int jobs, Duration age) {
        assertThatCode(() -> DraftRules.check(ProjectDrafts.shop(new ProjectSettings(
                        lag, pause, attempts, margin, transaction, true, jobs, true, true, age, List.of()))))
                .doesNotThrowAnyException();
    }

    @Test
    void messagesNameTheUnit() {
        ProjectSettings settings = new ProjectSettings(
                1,
                Duration.ofMinutes(5),
                3,
                1000,
                Duration.ofSeconds(10),
                false,
                2,
                false,
                false,
                Duration.ofHours(24),
                List.of());

        assertThat(problems(ProjectDrafts.shop(settings)))
                .singleElement()
                .extracting(FieldProblem::message)
                .isEqualTo("The pause budget is between 1 s and 60 s (PT1S to PT1M), not PT5M.");
    }

    private static List<FieldProblem> problems(ProjectDraft draft) {
        InvalidProject invalid = catchThrowableOfType(InvalidProject.class, () -> DraftRules.check(draft));
        assertThat(invalid).as("the draft was accepted").isNotNull();
        return invalid.problems();
    }

    private static ProjectDraft source(String host, int port) {
        Cluster source = new Cluster(ProjectDrafts.endpoint(host, port, "p"), null, null, null);
        return draft("shop", source, SHOP.databases(), SHOP.settings());
    }

    private static ProjectDraft poolers(List<PoolerAddress> poolers) {
        return new ProjectDraft(
                "shop", "Shop", SHOP.source(), SHOP.target(), SHOP.databases(), poolers, SHOP.settings());
    }

    private static ProjectDraft draft(String slug, Cluster source, List<String> databases, ProjectSettings settings) {
        return new ProjectDraft(slug, "Shop", source, SHOP.target(), databases, SHOP.poolers(), settings);
    }
}
