package dev.upshift.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerRulesTests {

    @Test
    void acceptsAPrimaryWithLogicalWal() {
        assertThat(problems(false, "logical")).isEmpty();
    }

    @Test
    void refusesAStandby() {
        assertThat(problems(true, "logical"))
                .containsExactly(new FieldProblem(
                        "source.host", "The source at db-old:5432 is a standby. Give the address of its primary."));
    }

    @Test
    void tellsThatTheWalLevelNeedsARestart() {
        assertThat(problems(false, "replica")).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("source.host");
            assertThat(problem.message()).contains("wal_level = replica", "restart", "a reload is not enough");
        });
    }

    private static List<FieldProblem> problems(boolean inRecovery, String walLevel) {
        return ServerRules.problems(
                "source",
                new Endpoint("db-old", 5432, "upshift", new Secret("secret"), SslMode.PREFER),
                new ServerFacts(new PostgresVersion(130023), 1, inRecovery, walLevel, "upshift", true, true, 9, 9));
    }
}
