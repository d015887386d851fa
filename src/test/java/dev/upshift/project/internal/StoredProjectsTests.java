package dev.upshift.project.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.upshift.identity.CurrentActor;
import dev.upshift.metadata.MetadataTest;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.ConnectionTest;
import dev.upshift.project.ConnectionTest.Report;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectChanged;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectInUse;
import dev.upshift.project.ProjectLock;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Projects;
import dev.upshift.shared.DataDirectory;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@DataJdbcTest
@MetadataTest
@RecordApplicationEvents
@EnableConfigurationProperties(ProjectModuleSettings.class)
@Import({
    ProjectSaves.class,
    TriedSaves.class,
    StoredProjects.class,
    StoredProjectLock.class,
    SavingTurn.class,
    ProjectMapping.class,
    TriedConnections.class,
    SecretKeys.class,
    StoredTypes.class,
    StoredProjectsTests.Surroundings.class
})
class StoredProjectsTests {

    static final Instant NOW = Instant.parse("2026-11-21T10:15:30.123456Z");

    @Autowired
    private Projects projects;

    @Autowired
    private ProjectLock lock;

    @Autowired
    private JdbcClient database;

    @Autowired
    private Servers servers;

    @BeforeEach
    void serversAnswer() {
        servers.answer = new Report(List.of(), 13, 17);
        servers.use = Optional.empty();
        servers.shared = List.of();
        servers.comparedWith.clear();
        servers.asked.clear();
    }

    @Test
    void keepsEverythingOfADraft() {
        ProjectDraft draft = ProjectDrafts.shop(ProjectSettings.DEFAULTS
                .with("lagThresholdBytes", 4096L)
                .with("pauseBudget", Duration.ofMillis(2500))
                .with("pauseAttempts", 5)
                .with("sequenceMargin", 500)
                .with("longTransactionLimit", Duration.ofSeconds(90))
                .with("hardFence", true)
                .with("copyJobs", 4)
                .with("binaryCopy", true)
                .with("rehearsalRequired", true)
                .with("rehearsalMaxAge", Duration.ofDays(3))
                .with("accepted", List.of(Acceptance.NOT_CARRIED, Acceptance.FENCE_OVERRIDES)));

        projects.register(draft);

        Project stored = projects.get("shop");
        assertThat(stored.name()).isEqualTo(draft.name());
        assertThat(stored.source()).isEqualTo(ofMajor(draft.source(), 13));
        assertThat(stored.target()).isEqualTo(ofMajor(draft.target(), 17));
        assertThat(stored.databases()).isEqualTo(draft.databases());
        assertThat(stored.poolers()).isEqualTo(draft.poolers());
        assertThat(stored.settings()).isEqualTo(draft.settings());
        assertThat(stored.phase()).isEqualTo(Phase.DRAFT);
        assertThat(stored.servingSide()).isEqualTo(Side.SOURCE);
        assertThat(stored.createdAt()).isEqualTo(NOW);
        assertThat(projects.all()).containsExactly(stored);
    }

    /** Another version may have written a name that this one does not know. */
    @Test
    void leavesOutAcceptedNamesThatNobodyKnows() {
        projects.register(ProjectDrafts.shop());
        database.sql("update project set accepted = '{not-carried,none-such}'").update();

        assertThat(projects.get("shop").settings().accepted()).containsExactly(Acceptance.NOT_CARRIED);
    }

    @Test
    void storesEachSettingInAColumnOfItsOwn() {
        projects.register(ProjectDrafts.shop());

        assertThat(database.sql("select lag_threshold_bytes, pause_budget_millis, pause_attempts, sequence_margin,"
                                + " long_transaction_limit_millis, hard_fence, copy_jobs, binary_copy,"
                                + " rehearsal_required, rehearsal_max_age_millis, accepted::text from project")
                        .query()
                        .singleRow()
                        .values())
                .containsExactly(1_048_576L, 5_000L, 3, 1_000, 10_000L, false, 2, false, false, 86_400_000L, "{}");
    }

    @Test
    void storesNoPasswordInTheClear() {
        projects.register(ProjectDrafts.shop());

        List<byte[]> stored = database.sql(
                        "select password from project_cluster union all select password from project_pooler")
                .query((row, _) -> row.getBytes(1))
                .list();
        assertThat(stored)
                .hasSize(4)
                .allSatisfy(bytes ->
                        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("s3cret"));
    }

    @Test
    void encryptsTheSamePasswordDifferentlyEachTime() {
        projects.register(ProjectDrafts.shop());

        assertThat(database.sql("select count(distinct password) from project_pooler")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void refusesASlugThatIsTakenBeforeItTriesAnyServer() {
        projects.register(ProjectDrafts.shop());
        servers.asked.clear();

        assertThatExceptionOfType(ProjectConflict.class)
                .isThrownBy(() -> projects.register(ProjectDrafts.shop()))
                .withMessageContaining("shop");
        assertThat(servers.asked).isEmpty();
    }

    @Test
    void savesNothingThatAnotherProjectHas() {
        projects.register(ProjectDrafts.shop());
        FieldProblem shared = new FieldProblem("databases[0]", "It belongs to the project shop.");
        servers.shared = List.of(shared);

        assertThatExceptionOfType(InvalidProject.class)
                .isThrownBy(() -> projects.register(called("second")))
                .satisfies(refused -> assertThat(refused.problems()).containsExactly(shared));

        assertThat(servers.comparedWith).containsExactly(List.of("shop"));
        assertThat(projects.all()).hasSize(1);
    }

    @Test
    void aProjectThatIsOverAndTheProjectItselfAreNoOthers() {
        projects.register(ProjectDrafts.shop());
        projects.transition("shop", Phase.ABANDONED, Side.SOURCE);
        servers.shared = List.of(new FieldProblem("databases[0]", "It belongs to another project."));

        projects.register(called("second"));

        assertThat(servers.comparedWith).isEmpty();
        assertThat(projects.all()).hasSize(2);
    }

    private static ProjectDraft called(String slug) {
        ProjectDraft shop = ProjectDrafts.shop();
        return new ProjectDraft(
                slug, slug, shop.source(), shop.target(), shop.databases(), shop.poolers(), shop.settings());
    }

    @Test
    void savesNothingWhenAServerDoesNotAnswerAsItMust() {
        FieldProblem problem = new FieldProblem("target.host", "10.0.0.6 refused the connection.");
        servers.answer = new Report(List.of(problem), 13, 0);

        assertThatExceptionOfType(InvalidProject.class)
                .isThrownBy(() -> projects.register(ProjectDrafts.shop()))
                .satisfies(refused -> assertThat(refused.problems()).containsExactly(problem));
        assertThat(projects.all()).isEmpty();
    }

    @Test
    void blankPasswordsKeepTheStoredOnes() {
        projects.register(ProjectDrafts.shop());
        ProjectDraft draft = ProjectDrafts.shop();
        PoolerAddress renamed = draft.poolers().get(1);

        projects.change(
                "shop",
                new ProjectDraft(
                        "shop",
                        "Renamed",
                        withPassword(draft.source(), ""),
                        withPassword(draft.target(), "new"),
                        draft.databases(),
                        List.of(renamed, withPassword(draft.poolers().get(0), "")),
                        draft.settings()));

        Project stored = projects.get("shop");
        assertThat(stored.name()).isEqualTo("Renamed");
        assertThat(stored.source().endpoint().password()).isEqualTo(new Secret(ProjectDrafts.SOURCE_PASSWORD));
        assertThat(stored.target().endpoint().password()).isEqualTo(new Secret("new"));
        assertThat(stored.poolers()).extracting(PoolerAddress::name).containsExactly("bouncer-b", "bouncer-a");
        assertThat(stored.poolers().get(1).console().password()).isEqualTo(new Secret(ProjectDrafts.POOLER_PASSWORD));
        assertThat(stored.revision()).isEqualTo(1);
    }

    /** Whoever may change a project may not learn the password of its server by naming his own. */
    @Test
    void aStoredPasswordIsNotSentToAnotherAddress() {
        projects.register(ProjectDrafts.shop());
        servers.asked.clear();
        ProjectDraft draft = ProjectDrafts.shop();
        PoolerAddress pooler = draft.poolers().get(1);
        ProjectDraft moved = new ProjectDraft(
                "shop",
                draft.name(),
                new Cluster(ProjectDrafts.endpoint("10.6.6.6", 5432, ""), null, null, null),
                new Cluster(ProjectDrafts.endpoint("10.0.0.6", 6666, ""), null, null, null),
                draft.databases(),
                List.of(
                        draft.poolers().get(0),
                        new PoolerAddress(
                                pooler.name(), ProjectDrafts.endpoint("10.6.6.6", 6432, ""), pooler.configuration())),
                draft.settings());

        assertThatExceptionOfType(InvalidProject.class)
                .isThrownBy(() -> projects.change("shop", moved))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(FieldProblem::field)
                        .containsExactly("source.password", "target.password", "poolers[1].password"))
                .withMessageContaining("a stored one is kept only for the same addresses");
        assertThat(servers.asked).isEmpty();
    }

    /** It would be in the connection string of a subscription. */
    @Test
    void norIsItToldToTheOtherServerForAnotherAddress() {
        projects.register(ProjectDrafts.shop());
        ProjectDraft draft = ProjectDrafts.shop();
        Cluster lured = new Cluster(ProjectDrafts.endpoint("10.0.0.5", 5432, ""), "10.6.6.6", 5433, null);
        Cluster direct = new Cluster(ProjectDrafts.endpoint("10.0.0.5", 5432, ""), null, null, null);

        assertThatExceptionOfType(InvalidProject.class)
                .isThrownBy(() -> projects.change("shop", with(draft, lured, draft.databases())))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(FieldProblem::field)
                        .containsExactly("source.password"));

        projects.change("shop", with(draft, direct, draft.databases()));
        assertThat(projects.get("shop").source().endpoint().password())
                .isEqualTo(new Secret(ProjectDrafts.SOURCE_PASSWORD));
    }

    @Test
    void whatWasReadIsLockedOnlyIfItIsStillSo() {
        projects.register(ProjectDrafts.shop());
        Project read = projects.get("shop");
        assertThat(lock.<String>whileUnchanged(read, () -> "done")).isEqualTo("done");

        projects.change("shop", ProjectDrafts.shop(settings(Duration.ofSeconds(9))));

        assertThatExceptionOfType(ProjectConflict.class)
                .isThrownBy(() -> lock.whileUnchanged(read, () -> {
                    throw new AssertionError("It was changed");
                }));
    }

    /** A run begins while somebody has the form with other servers on its way: he waits, and then sees it. */
    @Test
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    void aChangeWaitsForWhoeverBeginsToWorkWithTheProject() throws InterruptedException {
        Project read = projects.register(ProjectDrafts.shop());
        try {
            Cluster moved = new Cluster(read.source().endpoint().at("10.0.0.99", 5432), null, null, null);
            ProjectDraft change =
                    with(ProjectDrafts.shop(), moved, ProjectDrafts.shop().databases());
            AtomicReference<Throwable> refusal = new AtomicReference<>();
            Thread changing = new Thread(() -> refusal.set(catchThrowable(() -> projects.change("shop", change))));

            lock.whileUnchanged(read, () -> {
                changing.start();
                await().until(this::somebodyWaitsForALock);
                servers.use = Optional.of("Run 4 works with them.");
                return read;
            });
            changing.join();

            assertThat(refusal.get()).isInstanceOf(ProjectConflict.class).hasMessageContaining("Run 4");
            assertThat(projects.get("shop")).isEqualTo(read);
        } finally {
            servers.use = Optional.empty();
            projects.remove("shop");
        }
    }

    private boolean somebodyWaitsForALock() {
        return database.sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void settingsCanBeChangedWhileAServerIsAway() {
        projects.register(ProjectDrafts.shop());
        servers.answer = new Report(List.of(new FieldProblem("source.host", "away")), 0, 0);

        projects.change("shop", ProjectDrafts.shop(settings(Duration.ofSeconds(9))));

        Project stored = projects.get("shop");
        assertThat(stored.settings().pauseBudget()).isEqualTo(Duration.ofSeconds(9));
        assertThat(stored.source().majorVersion()).isEqualTo(13);
    }

    @Test
    void triesServersAgainWhenAnAddressChanges() {
        projects.register(ProjectDrafts.shop());
        servers.asked.clear();
        ProjectDraft draft = ProjectDrafts.shop();
        Cluster moved = new Cluster(draft.source().endpoint().at("10.0.0.99", 5432), null, null, null);

        projects.change("shop", with(draft, moved, draft.databases()));

        assertThat(servers.asked).hasSize(1);
        assertThat(projects.get("shop").source().endpoint().host()).isEqualTo("10.0.0.99");
    }

    @Test
    void serversAndPoolersStayWhileSomebodyWorksWithThem() {
        projects.register(ProjectDrafts.shop());
        servers.use = Optional.of("Run 4 works with them.");
        ProjectDraft draft = ProjectDrafts.shop();
        Cluster moved = new Cluster(draft.source().endpoint().at("10.0.0.99", 5432), null, null, null);

        assertThatExceptionOfType(ProjectConflict.class)
                .isThrownBy(() -> projects.change("shop", with(draft, moved, draft.databases())))
                .withMessageContaining("Run 4 works with them.");
        assertThatExceptionOfType(ProjectConflict.class)
                .isThrownBy(() -> projects.remove("shop"))
                .withMessageContaining("Run 4 works with them.");
        projects.change("shop", ProjectDrafts.shop(settings(Duration.ofSeconds(9))));

        assertThat(projects.get("shop").source().endpoint().host()).isNotEqualTo("10.0.0.99");
        assertThat(projects.get("shop").settings().pauseBudget()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void databasesAreFixedOnceTheSchemaWasCopied() {
        projects.register(ProjectDrafts.shop());
        projects.transition("shop", Phase.SCHEMA_COPIED, Side.SOURCE);

        assertThatExceptionOfType(ProjectConflict.class)
                .isThrownBy(() ->
                        projects.change("shop", with(ProjectDrafts.shop(), ProjectDrafts.source(), List.of("another"))))
                .withMessageContaining("SCHEMA_COPIED");
    }

    @Test
    void aSlugNeverChanges() {
        projects.register(ProjectDrafts.shop());
        ProjectDraft draft = ProjectDrafts.shop();

        assertThatExceptionOfType(ProjectConflict.class)
                .isThrownBy(() -> projects.change(
                        "shop",
                        new ProjectDraft(
                                "shop2",
                                draft.name(),
                                draft.source(),
                                draft.target(),
                                draft.databases(),
                                draft.poolers(),
                                draft.settings())))
                .withMessageContaining("stays shop");
    }

    @Test
    void movesAlongTheTransitionTableOnly() {
        projects.register(ProjectDrafts.shop());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> projects.transition("shop", Phase.CUT_OVER, Side.TARGET))
                .withMessage("Project shop is in phase DRAFT, which does not lead to CUT_OVER");
        assertThat(projects.get("shop").phase()).isEqualTo(Phase.DRAFT);

        projects.transition("shop", Phase.SCHEMA_COPIED, Side.SOURCE);
        projects.transition("shop", Phase.REPLICATING, Side.SOURCE);
        projects.transition("shop", Phase.CUT_OVER, Side.TARGET);

        Project stored = projects.get("shop");
        assertThat(stored.phase()).isEqualTo(Phase.CUT_OVER);
        assertThat(stored.servingSide()).isEqualTo(Side.TARGET);
        assertThat(stored.source().endpoint().password()).isEqualTo(new Secret(ProjectDrafts.SOURCE_PASSWORD));
    }

    @Test
    void forgetsOnlyWhatHasLeftNothingBehind() {
        projects.register(ProjectDrafts.shop());
        projects.transition("shop", Phase.SCHEMA_COPIED, Side.SOURCE);

        assertThatExceptionOfType(ProjectConflict.class)
                .isThrownBy(() -> projects.remove("shop"))
                .withMessageContaining("SCHEMA_COPIED");

        projects.transition("shop", Phase.ABANDONED, Side.SOURCE);
        projects.remove("shop");

        assertThat(projects.bySlug("shop")).isEmpty();
        assertThat(database.sql("select count(*) from project_pooler")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThatExceptionOfType(ProjectNotFound.class).isThrownBy(() -> projects.remove("shop"));
    }

    @Test
    void tellsWhoDidWhatWithoutAnySecret(ApplicationEvents events) {
        projects.register(ProjectDrafts.shop());
        projects.change("shop", ProjectDrafts.shop(settings(Duration.ofSeconds(9))));
        projects.transition("shop", Phase.ABANDONED, Side.SOURCE);
        projects.remove("shop");

        assertThat(events.stream(ProjectChanged.class))
                .allSatisfy(event -> assertThat(event.actor()).isEqualTo("mara"))
                .extracting(ProjectChanged::what)
                .containsExactly(
                        "Registered the project",
                        "Pause budget: 5 s → 9 s",
                        "Phase DRAFT → ABANDONED, the source serves",
                        "Removed the project");
    }

    @Test
    void namesTheRemedyWhenTheKeyIsAnotherOne() {
        projects.register(ProjectDrafts.shop());
        database.sql("update project_cluster set password = decode(repeat('00', 60), 'hex')")
                .update();

        assertThatExceptionOfType(WrongSecretKey.class)
                .isThrownBy(() -> projects.get("shop"))
                .withMessageContaining("UPSHIFT_SECRET_KEY");
    }

    @Test
    void passwordsThatWereGivenUpCanBeEnteredAgain() {
        projects.register(ProjectDrafts.shop());
        database.sql("update project_cluster set password = null").update();
        database.sql("update project_pooler set password = null").update();

        assertThat(projects.get("shop").source().endpoint().password().isBlank())
                .isTrue();
        projects.change("shop", ProjectDrafts.shop());

        assertThat(projects.get("shop").poolers().get(0).console().password())
                .isEqualTo(new Secret(ProjectDrafts.POOLER_PASSWORD));
    }

    private static ProjectSettings settings(Duration pauseBudget) {
        return ProjectSettings.DEFAULTS.with("pauseBudget", pauseBudget);
    }

    private static ProjectDraft with(ProjectDraft draft, Cluster source, List<String> databases) {
        return new ProjectDraft(
                draft.slug(), draft.name(), source, draft.target(), databases, draft.poolers(), draft.settings());
    }

    private static Cluster ofMajor(Cluster cluster, int major) {
        return new Cluster(cluster.endpoint(), cluster.peerHost(), cluster.peerPort(), major);
    }

    private static Cluster withPassword(Cluster cluster, String password) {
        return new Cluster(
                ProjectDrafts.endpoint(
                        cluster.endpoint().host(), cluster.endpoint().port(), password),
                cluster.peerHost(),
                cluster.peerPort(),
                null);
    }

    private static PoolerAddress withPassword(PoolerAddress pooler, String password) {
        return new PoolerAddress(
                pooler.name(),
                ProjectDrafts.endpoint(pooler.console().host(), pooler.console().port(), password),
                pooler.configuration());
    }

    /** Servers that answer what the test wants. */
    static final class Servers implements ConnectionTest, ProjectInUse {
        private final List<ProjectDraft> asked = new ArrayList<>();
        private final List<List<String>> comparedWith = new ArrayList<>();
        private Report answer = new Report(List.of(), 0, 0);
        private List<FieldProblem> shared = List.of();
        private Optional<String> use = Optional.empty();

        @Override
        public Optional<String> by(long projectId) {
            return use;
        }

        @Override
        public List<FieldProblem> overlaps(ProjectDraft draft, List<Project> others) {
            comparedWith.add(others.stream().map(Project::slug).sorted().toList());
            return shared;
        }

        @Override
        public Report test(ProjectDraft draft) {
            asked.add(draft);
            return answer;
        }
    }

    static final class Surroundings {
        @Bean
        Servers servers() {
            return new Servers();
        }

        @Bean
        CurrentActor actor() {
            return () -> "mara";
        }

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        DataDirectory dataDirectory() {
            return new DataDirectory(java.nio.file.Path.of("target/upshift-data"));
        }
    }
}
