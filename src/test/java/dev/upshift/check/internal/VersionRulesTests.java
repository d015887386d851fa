package dev.upshift.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.shared.PostgresVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRulesTests {

    @ParameterizedTest
    @CsvSource({"13, 14", "13, 17", "13, 18", "17, 18"})
    void acceptsEveryUpgradeToANewerMajor(int source, int target) {
        assertThat(VersionRules.problems(server(1, source), server(2, target))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "12, 17, source.host, upgrades from 13 to 17",
        "18, 19, source.host, upgrades from 13 to 17",
        "17, 19, target.host, upgrades up to 18",
        "17, 17, target.host, must run a newer major version",
        "17, 16, target.host, must run a newer major version",
    })
    void refusesOthers(int source, int target, String field, String says) {
        assertThat(VersionRules.problems(server(1, source), server(2, target)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.message()).contains(says);
                });
    }

    @Test
    void noticesThatBothAreTheSameCluster() {
        assertThat(VersionRules.problems(server(7, 13), server(7, 13)))
                .extracting(FieldProblem::message)
                .singleElement()
                .asString()
                .startsWith("Source and target are the same cluster.");
    }

    @Test
    void saysNothingAboutServersThatWereNotReached() {
        assertThat(VersionRules.problems(null, null)).isEmpty();
        assertThat(VersionRules.problems(server(1, 13), null)).isEmpty();
        assertThat(VersionRules.problems(null, server(2, 17))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.17.9, 13, 17, needs 1.18 or newer",
        "1.9, 13, 17, needs 1.18 or newer",
        "1.26.1, 13, 17, after a rollback no client could work",
        "2.0.0, 15, 16, after a rollback no client could work",
    })
    void refusesPoolersThatCannotDoIt(String pooler, int source, int target, String says) {
        assertThat(poolerProblems(pooler, source, target)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("poolers[0].host");
            assertThat(problem.message()).contains(says);
        });
    }

    @ParameterizedTest
    @CsvSource({"1.18.0, 13, 17", "1.25.2, 13, 18", "1.26.1, 16, 18", "1.26.0, 13, 15", "nonsense, 13, 17", "'', 13, 17"
    })
    void acceptsThoseThatCan(String pooler, int source, int target) {
        assertThat(poolerProblems(pooler, source, target)).isEmpty();
    }

    private static List<FieldProblem> poolerProblems(String pooler, int source, int target) {
        return VersionRules.problems("poolers[0].host", pooler, server(1, source), server(2, target));
    }

    private static ServerFacts server(long identifier, int major) {
        return new ServerFacts(
                new PostgresVersion(major * 10000 + 3), identifier, false, "logical", "upshift", true, true, 9, 9);
    }
}
