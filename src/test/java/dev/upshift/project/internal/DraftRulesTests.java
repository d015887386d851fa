package dev.upshift.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Setting;
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
        "lagThresholdBytes, 0",
        "pauseBudget, PT0.999S",
        "pauseBudget, PT60.001S",
        "pauseBudget, PT-5S",
        "pauseAttempts, 0",
        "pauseAttempts, 11",
        "sequenceMargin, 0",
        "sequenceMargin, 1000001",
        "longTransactionLimit, PT0S",
        "longTransactionLimit, PT61M",
        "copyJobs, 0",
        "copyJobs, 33",
        "rehearsalMaxAge, PT59S",
        "rehearsalMaxAge, PT721H",
    })
    void refusesSettingsOutOfBounds(String name, String value) {
        assertThat(problems(ProjectDrafts.shop(settings(name, value))))
                .extracting(FieldProblem::field)
                .containsExactly("settings." + name);
    }

    @ParameterizedTest
    @CsvSource({
        "lagThresholdBytes, 1",
        "lagThresholdBytes, 9000000000",
        "pauseBudget, PT1S",
        "pauseBudget, PT60S",
        "pauseAttempts, 1",
        "pauseAttempts, 10",
        "sequenceMargin, 1",
        "sequenceMargin, 1000000",
        "longTransactionLimit, PT1S",
        "longTransactionLimit, PT1H",
        "copyJobs, 1",
        "copyJobs, 32",
        "rehearsalMaxAge, PT1M",
        "rehearsalMaxAge, PT720H",
    })
    void acceptsTheBoundsThemselves(String name, String value) {
        assertThatCode(() -> DraftRules.check(ProjectDrafts.shop(settings(name, value))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pauseBudget       | PT5M | The pause budget is between 1 s and 60 s (PT1S to PT1M), not PT5M.
            rehearsalMaxAge   | PT1S | The maximal age of a rehearsal is between 60 s and 30 days (PT1M to PT720H), not PT1S.
            pauseAttempts     | 0    | The number of pause attempts is between 1 and 10, not 0.
            sequenceMargin    | 0    | The sequence margin (in values) is between 1 and 1000000, not 0.
            lagThresholdBytes | 0    | The lag threshold is at least 1 byte, not 0; 1048576 (1 MiB) is usual.
            """)
    void messagesNameTheUnit(String name, String value, String message) {
        assertThat(problems(ProjectDrafts.shop(settings(name, value))))
                .singleElement()
                .extracting(FieldProblem::message)
                .isEqualTo(message);
    }

    private static ProjectSettings settings(String name, String value) {
        return ProjectSettings.DEFAULTS.with(
                name,
                switch (Setting.named(name).kind()) {
                    case SIZE -> Long.valueOf(value);
                    case DURATION -> Duration.parse(value);
                    case NUMBER -> Integer.valueOf(value);
                    case SWITCH, NAMES -> throw new IllegalArgumentException(name);
                });
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
