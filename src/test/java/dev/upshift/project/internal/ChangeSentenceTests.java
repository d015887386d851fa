package dev.upshift.project.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the audit record says of a change: what was there before and what is there now, and no password. */
class ChangeSentenceTests {

    private static final ProjectDraft SHOP = ProjectDrafts.shop();

    @Test
    void nothingWasChanged() {
        assertThat(sentence(SHOP)).isEqualTo("Saved the project unchanged");
    }

    @Test
    void settingsBeforeAndAfter() {
        ProjectSettings settings = ProjectSettings.DEFAULTS
                .with("lagThresholdBytes", 1_500_001L)
                .with("pauseBudget", Duration.ofSeconds(8))
                .with("pauseAttempts", 4)
                .with("sequenceMargin", 2_000)
                .with("longTransactionLimit", Duration.ofMillis(1_500))
                .with("hardFence", true)
                .with("copyJobs", 3)
                .with("binaryCopy", true)
                .with("rehearsalRequired", true)
                .with("rehearsalMaxAge", Duration.ofMinutes(90))
                .with("accepted", List.of(Acceptance.EVENT_TRIGGERS, Acceptance.NOT_CARRIED));

        assertThat(sentence(draft(SHOP.source(), SHOP.databases(), SHOP.poolers(), settings)))
                .isEqualTo("Lag threshold: 1 MiB → 1500001 B; pause budget: 5 s → 8 s; pause attempts: 3 → 4;"
                        + " sequence margin: 1000 → 2000; long transaction limit: 10 s → 1500 ms; hard fence: off → on;"
                        + " copy jobs: 2 → 3; binary copy: off → on; rehearsal required: off → on;"
                        + " maximal age of a rehearsal: 24 h → 90 min; accepted: none → not-carried, event-triggers");
    }

    @Test
    void serversAndDatabasesBeforeAndAfter() {
        Endpoint moved = new Endpoint("db-13", 5434, "postgres", new Secret("another s3cret"), SslMode.REQUIRE);

        assertThat(sentence(
                        draft(new Cluster(moved, null, null, 13), List.of("shop"), SHOP.poolers(), SHOP.settings())))
                .isEqualTo("Source host: 10.0.0.5 → db-13; source port: 5432 → 5434;"
                        + " source user: upshift → postgres; source password changed; source TLS: prefer → require;"
                        + " source peer host: db-old.internal → none; source peer port: 5433 → none;"
                        + " databases: shop, Shop archive → shop")
                .doesNotContain("s3cret");
    }

    @Test
    void poolersThatCameWentAndChanged() {
        PoolerAddress first = SHOP.poolers().getFirst();
        PoolerAddress changed = new PoolerAddress(
                first.name(),
                new Endpoint("10.0.0.7", 6432, "upshift", new Secret("new s3cret"), SslMode.PREFER),
                new ConfigurationLocation("file", "/etc/pgbouncer/databases.ini"),
                new ApplicationLogin("app", new Secret("app s3cret")));

        assertThat(sentence(draft(
                        SHOP.source(),
                        SHOP.databases(),
                        List.of(changed, ProjectDrafts.pooler("bouncer-c", "10.0.0.9")),
                        SHOP.settings())))
                .isEqualTo("Pooler bouncer-a password changed; pooler bouncer-a configuration:"
                        + " file /etc/pgbouncer/bouncer-a.ini → file /etc/pgbouncer/databases.ini;"
                        + " pooler bouncer-a application user: none → app; pooler bouncer-c added (10.0.0.9:6432);"
                        + " pooler bouncer-b removed (10.0.0.8:6432)")
                .doesNotContain("s3cret");
    }

    private static String sentence(ProjectDraft draft) {
        Instant then = Instant.parse("2026-03-01T08:00:00Z");
        return ChangeSentence.of(
                new Project(
                        1,
                        SHOP.slug(),
                        SHOP.name(),
                        SHOP.source(),
                        SHOP.target(),
                        SHOP.databases(),
                        SHOP.poolers(),
                        SHOP.settings(),
                        Phase.DRAFT,
                        Side.SOURCE,
                        1,
                        then,
                        then),
                draft);
    }

    private static ProjectDraft draft(
            Cluster source, List<String> databases, List<PoolerAddress> poolers, ProjectSettings settings) {
        return new ProjectDraft(SHOP.slug(), SHOP.name(), source, SHOP.target(), databases, poolers, settings);
    }
}
