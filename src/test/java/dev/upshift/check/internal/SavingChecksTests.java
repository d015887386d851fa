package dev.upshift.check.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.internal.draft.RunningPooler;
import dev.upshift.check.internal.draft.TriedCluster;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.internal.draft.TriedPooler;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of servers and poolers that no test can start, and in which order all of it is said. */
class SavingChecksTests {

    private final SavingChecks checks = new SavingChecks();

    @ParameterizedTest
    @CsvSource({"13, 14", "13, 17", "13, 18", "17, 18"})
    void acceptsEveryUpgradeToANewerMajor(int source, int target) {
        assertThat(problems(server(1, source), server(2, target))).isEmpty();
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
        assertThat(problems(server(1, source), server(2, target)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.message()).contains(says);
                });
    }

    @Test
    void noticesThatBothAreTheSameCluster() {
        assertThat(problems(server(7, 13), server(7, 13)))
                .extracting(FieldProblem::message)
                .singleElement()
                .asString()
                .startsWith("Source and target are the same cluster.");
    }

    @Test
    void saysNothingAboutServersThatWereNotReached() {
        assertThat(problems(null, null)).isEmpty();
        assertThat(problems(server(1, 13), null)).isEmpty();
        assertThat(problems(null, server(2, 17))).isEmpty();
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
            assertThat(problem.message()).startsWith("bouncer-a: ").contains(says);
        });
    }

    @ParameterizedTest
    @CsvSource({"1.18.0, 13, 17", "1.25.2, 13, 18", "1.26.1, 16, 18", "1.26.0, 13, 15", "nonsense, 13, 17", "'', 13, 17"
    })
    void acceptsThoseThatCan(String pooler, int source, int target) {
        assertThat(poolerProblems(pooler, source, target)).isEmpty();
    }

    @Test
    void aStandbyAndWhatItsWalLacksAreToldOfTheirSide() {
        ServerFacts standby = facts(2, 17, true, "replica");

        assertThat(problems(server(1, 13), standby))
                .containsExactly(
                        new FieldProblem(
                                "target.host",
                                "This server is in recovery: it is a standby, where nobody can write. Give the"
                                        + " address of its primary."),
                        new FieldProblem(
                                "target.host",
                                "wal_level is replica, with which nothing can be decoded, but the way back is"
                                        + " kept open by logical replication. ALTER SYSTEM SET wal_level = logical; then"
                                        + " restart it, a reload is not enough."));
    }

    /** Whoever corrects a form goes through it from above. */
    @Test
    void whatIsWrongIsToldClusterByClusterAndPoolerByPooler() {
        TriedDraft tried = new TriedDraft(
                draft(),
                new TriedCluster(Side.SOURCE, List.of(), facts(1, 13, true, "replica")),
                new TriedCluster(Side.TARGET, List.of(), facts(2, 17, true, "logical")),
                List.of(unusable(0), unusable(1)),
                Processes.ALONE);

        assertThat(checks.problems(tried))
                .extracting(FieldProblem::field)
                .containsExactly(
                        "source.host",
                        "source.host",
                        "target.host",
                        "poolers[0].config.path",
                        "poolers[0].port",
                        "poolers[1].config.path",
                        "poolers[1].port");
        assertThat(checks.ask(tried)).extracting(CheckOutcome::check).doesNotHaveDuplicates();
    }

    private static TriedPooler unusable(int index) {
        PoolerAddress address = draft().poolers().get(index);
        return new TriedPooler(
                index,
                address,
                List.of(finding(address, TriedPooler.field(index, "config.path"))),
                List.of(finding(address, TriedPooler.field(index, "port"))),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Finding finding(PoolerAddress address, String field) {
        return new Finding(Place.at(address.name()), List.of(), "Is broken.", "Mend it.").in(field);
    }

    private List<FieldProblem> poolerProblems(String version, int source, int target) {
        return problems(
                server(1, source),
                server(2, target),
                List.of(new TriedPooler(
                        0,
                        draft().poolers().getFirst(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(new RunningPooler(version, Map.of(), List.of(), List.of())),
                        List.of())));
    }

    private List<FieldProblem> problems(@Nullable ServerFacts source, @Nullable ServerFacts target) {
        return problems(source, target, List.of());
    }

    private List<FieldProblem> problems(
            @Nullable ServerFacts source, @Nullable ServerFacts target, List<TriedPooler> poolers) {
        return checks.problems(new TriedDraft(
                draft(),
                new TriedCluster(Side.SOURCE, List.of(), source),
                new TriedCluster(Side.TARGET, List.of(), target),
                poolers,
                Processes.ALONE));
    }

    private static ServerFacts server(long identifier, int major) {
        return facts(identifier, major, false, "logical");
    }

    private static ServerFacts facts(long identifier, int major, boolean inRecovery, String walLevel) {
        return new ServerFacts(
                new PostgresVersion(major * 10000 + 3), identifier, inRecovery, walLevel, "upshift", true, true, 9, 9);
    }

    private static ProjectDraft draft() {
        return new ProjectDraft(
                "shop",
                "Shop",
                new Cluster(endpoint("db-old"), null, null, null),
                new Cluster(endpoint("db-new"), null, null, null),
                List.of("shop"),
                List.of(pooler("bouncer-a"), pooler("bouncer-b")),
                ProjectSettings.DEFAULTS);
    }

    private static PoolerAddress pooler(String name) {
        return new PoolerAddress(name, endpoint(name), new ConfigurationLocation("file", "/etc/" + name + ".ini"));
    }

    private static Endpoint endpoint(String host) {
        return new Endpoint(host, 5432, "upshift", new Secret("secret"), SslMode.PREFER);
    }
}
