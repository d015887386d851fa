package dev.upshift.engine.procedure;

import static dev.upshift.project.ExampleProjects.endpoint;
import static dev.upshift.project.ExampleProjects.pooler;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.ProcedureName;
import dev.upshift.project.Cluster;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The version changes with anything that a run would do or rely on, and with nothing else. */
class PlanVersionTests {

    private static final Project SHOP = ExampleProjects.shop();
    private static final List<PlannedStep> STEPS = List.of(new PlannedStep("pause", "PAUSE shop.", Part.WINDOW));
    private static final List<String> BASIS = List.of("bouncer-a 1234 5678");

    private static String version(Project project) {
        return PlanVersion.of(project, ProcedureName.CUTOVER, STEPS, BASIS);
    }

    @Test
    void theSameIsTheSame() {
        assertThat(version(SHOP)).isEqualTo(version(ExampleProjects.shop())).matches("[0-9a-f]{64}");
    }

    @Test
    void everythingThatMattersChangesIt() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("as it is", version(SHOP));
        versions.put("procedure", PlanVersion.of(SHOP, ProcedureName.ROLLBACK, STEPS, BASIS));
        versions.put("phase", version(ExampleProjects.shop(Phase.ROLLED_BACK, Side.SOURCE)));
        versions.put("serving side", version(ExampleProjects.shop(Phase.REPLICATING, Side.TARGET)));
        versions.put("source host", version(with(cluster(endpoint("db-other", 5432)), SHOP.target())));
        versions.put("source port", version(with(cluster(endpoint("db-old", 5433)), SHOP.target())));
        versions.put("target host", version(with(SHOP.source(), cluster(endpoint("db-other", 5432)))));
        versions.put("sides exchanged", version(with(SHOP.target(), SHOP.source())));
        versions.put("user", version(with(cluster(signingIn("other", "old secret", SslMode.PREFER)), SHOP.target())));
        versions.put(
                "ssl mode", version(with(cluster(signingIn("upshift", "old secret", SslMode.REQUIRE)), SHOP.target())));
        versions.put(
                "peer host",
                version(with(new Cluster(SHOP.source().endpoint(), "db-old.internal", null, 13), SHOP.target())));
        versions.put("peer port", version(with(new Cluster(SHOP.source().endpoint(), null, 5433, 13), SHOP.target())));
        versions.put("databases", version(with(List.of("shop", "billing"), SHOP.poolers(), SHOP.settings())));
        versions.put(
                "one pooler fewer", version(with(SHOP.databases(), List.of(pooler("bouncer-a")), SHOP.settings())));
        versions.put(
                "another path",
                version(with(
                        SHOP.databases(),
                        List.of(
                                new PoolerAddress(
                                        "bouncer-a",
                                        endpoint("bouncer-a", 6432),
                                        new ConfigurationLocation("file", "/elsewhere.ini")),
                                pooler("bouncer-b")),
                        SHOP.settings())));
        versions.put(
                "a login of the application",
                version(with(SHOP.databases(), List.of(knowing("bouncer-a"), pooler("bouncer-b")), SHOP.settings())));
        versions.put("settings", version(with(SHOP.databases(), SHOP.poolers(), budget(Duration.ofSeconds(6)))));
        versions.put(
                "a sentence",
                PlanVersion.of(
                        SHOP,
                        ProcedureName.CUTOVER,
                        List.of(new PlannedStep("pause", "PAUSE all.", Part.WINDOW)),
                        BASIS));
        versions.put("a step fewer", PlanVersion.of(SHOP, ProcedureName.CUTOVER, List.of(), BASIS));
        versions.put(
                "configuration", PlanVersion.of(SHOP, ProcedureName.CUTOVER, STEPS, List.of("bouncer-a 1234 9999")));
        versions.put("no configuration", PlanVersion.of(SHOP, ProcedureName.CUTOVER, STEPS, List.of()));

        assertThat(versions.values()).doesNotHaveDuplicates();
    }

    @Test
    void textsCannotBeMovedFromOnePlaceToTheNext() {
        assertThat(PlanVersion.of(SHOP, ProcedureName.CUTOVER, STEPS, List.of("ab", "c")))
                .isNotEqualTo(PlanVersion.of(SHOP, ProcedureName.CUTOVER, STEPS, List.of("a", "bc")));
    }

    @Test
    void passwordsNamesAndRevisionsDoNotChangeIt() {
        Endpoint changed = signingIn("upshift", "new secret", SslMode.PREFER);
        Project other = new Project(
                SHOP.id(),
                SHOP.slug(),
                "Another name",
                new Cluster(changed, null, null, null),
                SHOP.target(),
                SHOP.databases(),
                SHOP.poolers(),
                SHOP.settings(),
                SHOP.phase(),
                SHOP.servingSide(),
                99,
                SHOP.createdAt().plusSeconds(1),
                SHOP.phaseChangedAt().plusSeconds(1));

        assertThat(version(other)).isEqualTo(version(SHOP));
    }

    private static PoolerAddress knowing(String name) {
        PoolerAddress pooler = pooler(name);
        return new PoolerAddress(
                name,
                pooler.console(),
                pooler.configuration(),
                new PoolerAddress.ApplicationLogin("app", new Secret("of the application")));
    }

    private static Endpoint signingIn(String user, String password, SslMode mode) {
        return new Endpoint("db-old", 5432, user, new Secret(password), mode);
    }

    private static Cluster cluster(Endpoint endpoint) {
        return new Cluster(endpoint, null, null, 13);
    }

    private static ProjectSettings budget(Duration budget) {
        return ProjectSettings.DEFAULTS.with("pauseBudget", budget);
    }

    private static Project with(Cluster source, Cluster target) {
        return project(source, target, SHOP.databases(), SHOP.poolers(), SHOP.settings());
    }

    private static Project with(List<String> databases, List<PoolerAddress> poolers, ProjectSettings settings) {
        return project(SHOP.source(), SHOP.target(), databases, poolers, settings);
    }

    private static Project project(
            Cluster source,
            Cluster target,
            List<String> databases,
            List<PoolerAddress> poolers,
            ProjectSettings settings) {
        return new Project(
                SHOP.id(),
                SHOP.slug(),
                SHOP.name(),
                source,
                target,
                databases,
                poolers,
                settings,
                SHOP.phase(),
                SHOP.servingSide(),
                SHOP.revision(),
                SHOP.createdAt(),
                SHOP.phaseChangedAt());
    }
}
