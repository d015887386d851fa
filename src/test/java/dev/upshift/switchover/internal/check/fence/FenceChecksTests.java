package dev.upshift.switchover.internal.check.fence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.fence.Fence.Passage.Kind;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.fence.UnendableSessions;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ExampleProjects;
import dev.upshift.records.MemoryFences;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class FenceChecksTests {

    private static final Admission OPEN = new Admission(true, -1, null, null, List.of());

    private final Map<String, FenceState> fences = new HashMap<>();
    private List<Passage> passages = List.of();
    private Admission target = OPEN;
    private Admission source = OPEN;
    private FenceState left = new FenceState("on", -1);
    private int clients;
    /** Sessions of the switch, in its one database. */
    private static final int OURS = Role.values().length;

    private static final UnendableSessions NOBODY = new UnendableSessions("mover", List.of(), List.of());

    private int room = 100;
    private List<SettingsHolder> holders = List.of();
    private boolean hard;
    private boolean sourceGone;
    private UnendableSessions unendable = NOBODY;
    private List<Acceptance> accepted = List.of();

    @Test
    void allIsWell() {
        assertThat(look().values()).allMatch(GuardResult::allowed);
    }

    @Test
    void oneRoleAndManyAreNamed() {
        passages = List.of(new Passage(Kind.ROLE, "app", false, true));
        assertThat(look().get("fence-overrides"))
                .matches(guard -> !guard.allowed())
                .extracting(GuardResult::reason)
                .asString()
                .startsWith("shop on the source: app may write in spite of the soft fence")
                .contains(
                        "ALTER ROLE \"app\" IN DATABASE \"shop\" RESET default_transaction_read_only;",
                        "choose the hard fence");

        passages = IntStream.range(0, 9)
                .mapToObj(number -> new Passage(Kind.ROLE, "r" + number, false, false))
                .toList();
        assertThat(look().get("fence-overrides").reason()).contains("r0", "and 4 more");
    }

    @Test
    void behindTheHardFenceOnlySuperusersMatter() {
        hard = true;
        passages = List.of(new Passage(Kind.ROLE, "app", false, true));
        assertThat(look().get("fence-overrides").allowed()).isTrue();

        passages = List.of(new Passage(Kind.ROLE, "app", false, true), new Passage(Kind.ROLE, "dba", true, true));
        assertThat(look().get("fence-overrides").reason())
                .contains("even behind the hard fence, the superusers dba may sign in")
                .doesNotContain("app");
    }

    @Test
    void behindTheFenceEachHalfOfAHardOneCounts() {
        hard = true;
        passages = List.of(new Passage(Kind.ROLE, "app", false, true));
        left = new FenceState("on", 0);
        assertThat(behind()).isEmpty();

        left = new FenceState("on", 50);
        assertThat(behind())
                .hasSize(2)
                .anyMatch(way -> way.contains("half of the hard fence") && way.contains("is 50, not 0"))
                .anyMatch(way -> way.startsWith("shop on the source: app may write"));

        left = new FenceState(null, 0);
        assertThat(behind())
                .singleElement()
                .asString()
                .startsWith("shop on the source: somebody has lifted the fence,");

        accepted = List.of(Acceptance.FENCE_OVERRIDES);
        left = new FenceState("on", -1);
        assertThat(behind()).singleElement().asString().contains("half of the hard fence");
    }

    @Test
    void behindASoftFenceTheLimitIsTheDatabasesOwn() {
        left = new FenceState("on", 50);
        assertThat(behind()).isEmpty();

        left = new FenceState("off", 50);
        assertThat(behind())
                .singleElement()
                .asString()
                .startsWith("shop on the source: somebody has lifted the fence,");
    }

    @Test
    void workersAndSubscriptionsAreNamedApart() {
        passages = List.of(
                new Passage(Kind.SUBSCRIPTION, "branch", false, true),
                new Passage(Kind.WORKER, "pg_cron", false, true));

        assertThat(look().get("fence-overrides").allowed()).isTrue();
        assertThat(look().get("source-other-writers"))
                .matches(guard -> !guard.allowed())
                .extracting(GuardResult::reason)
                .asString()
                .contains("branch", "pg_cron");
    }

    @Test
    void whoeverHoldsTheSettingsIsNamedWithWhatToDo() {
        assertThat(look().get("settings-free").allowed()).isTrue();

        holders = List.of(
                new SettingsHolder(4711, "dba", "psql", "10.0.0.9", "postgres", "2026-11-29 10:38:32.123456+00", true));
        assertThat(look().get("settings-free"))
                .matches(guard -> !guard.allowed())
                .extracting(GuardResult::reason)
                .asString()
                .isEqualTo("shop on the source: what is set for the database, and so its fence, cannot be changed"
                        + " because of process 4711 of dba (psql) from 10.0.0.9, in database postgres, its transaction"
                        + " open since 2026-11-29 10:38:32+00. Let it COMMIT or ROLLBACK, or end it there"
                        + " (SELECT pg_terminate_backend(4711)).");

        holders = List.of(new SettingsHolder(0, null, null, null, null, null, false));
        assertThat(look().get("settings-free").reason()).contains("a prepared transaction", "ROLLBACK PREPARED");

        holders = IntStream.range(1, 9)
                .mapToObj(pid -> new SettingsHolder(pid, "dba", "psql", null, "postgres", null, false))
                .toList();
        assertThat(look().get("settings-free").reason())
                .contains("process 5 of", ", and 3 more.", "which our role may not.")
                .doesNotContain("process 6 of");
    }

    @Test
    void theProjectMayAcceptThemAndIsTold() {
        accepted = List.of(Acceptance.FENCE_OVERRIDES);
        passages =
                List.of(new Passage(Kind.ROLE, "app", false, true), new Passage(Kind.WORKER, "pg_cron", false, true));

        assertThat(look().values()).allMatch(GuardResult::allowed);
        assertThat(look().get("fence-overrides").reason())
                .startsWith("Accepted")
                .contains("app");
    }

    @Test
    void aSideThatRefusesWritesIsNotEntered() {
        target = new Admission(false, 0, "on", null, List.of("app"));
        assertThat(refusal())
                .contains("refuses connections", "lets no client in", "read-only by default", "app may only read");

        target = new Admission(true, -1, null, "on", List.of());
        assertThat(refusal()).contains("in the server's configuration");

        target = new Admission(true, -1, "off", "on", List.of());
        assertThat(look().get("target-accepts-writes").allowed()).isTrue();
    }

    @Test
    void aRoleThatMayOnlyReadOnBothSidesIsMeantTo() {
        target = new Admission(true, -1, null, null, List.of("reports"));
        source = new Admission(true, -1, null, null, List.of("reports"));

        assertThat(look().get("target-accepts-writes").allowed()).isTrue();
    }

    @Test
    void whoIsOnTheEnteredSideHandsOutNoFormerValueBehindOurOwnFence() {
        unendable = new UnendableSessions("mover", List.of(new ClientSession(7, "monitor", null, null)), List.of());
        assertThat(sessionsOnTheTarget())
                .singleElement()
                .asString()
                .contains("former values of public.coupon (CACHE)", "process 7 of monitor");

        target = new Admission(true, 0, "on", null, List.of());
        fences.put("target/shop", new FenceState(null, -1));
        assertThat(sessionsOnTheTarget()).isEmpty();
    }

    private List<String> sessionsOnTheTarget() {
        Sequences sequences = ExamplePorts.proxy(Sequences.class, (method, arguments) -> List.of("public.coupon"));
        Ports ports = ExamplePorts.of(fence(), new MemoryFences(fences), sequences);
        try (Switch sw = new Switch(ExampleProjects.accepting(accepted, hard), Side.SOURCE, ports)) {
            return Finding.sentences(new SessionsEndable(asked -> List.of()).findings(sw, Role.LOOK));
        }
    }

    /** After the point of no return, where nobody may take a look that failed for one that found nothing. */
    @Test
    void whetherARoleIsMeantToReadCannotBeToldOnceTheSideThatWasLeftIsGone() {
        sourceGone = true;
        assertThat(readOnlyRoles()).isEqualTo(new ReadOnlyRoles(List.of(), List.of()));

        target = new Admission(true, -1, null, null, List.of("app"));
        assertThat(readOnlyRoles().found()).isEmpty();
        assertThat(readOnlyRoles().untold())
                .singleElement()
                .asString()
                .contains("shop: app may only read on the target", "on the source, too, cannot be seen: gone");

        sourceGone = false;
        assertThat(readOnlyRoles().untold()).isEmpty();
        assertThat(Finding.sentences(readOnlyRoles().found()))
                .singleElement()
                .asString()
                .contains("app may only read, other than on the source", "ALTER ROLE \"app\" RESET");
    }

    private ReadOnlyRoles readOnlyRoles() {
        try (Switch sw = new Switch(ExampleProjects.accepting(accepted, hard), Side.SOURCE, ports())) {
            return ReadOnlyRoles.now(sw);
        }
    }

    @Test
    void whatOurOwnFenceHidesIsWhatCounts() {
        target = new Admission(true, 0, "on", null, List.of());
        fences.put("target/shop", new FenceState(null, -1));
        assertThat(look().get("target-accepts-writes").allowed()).isTrue();

        fences.put("target/shop", new FenceState("yes", 0));
        assertThat(refusal()).contains("lets no client in", "read-only by default");
    }

    @Test
    void aLimitBelowThePresentNumberOfClientsIsTooLow() {
        clients = 5;
        target = new Admission(true, 4, null, null, List.of());
        assertThat(refusal()).contains("lets in 4 connections, but clients have 5");

        target = new Admission(true, 5, null, null, List.of());
        assertThat(look().get("target-accepts-writes").allowed()).isTrue();
    }

    @Test
    void aServerWithTooLittleRoomForPresentClientsIsNotEntered() {
        clients = 5;
        room = 4 + OURS;
        assertThat(refusal())
                .contains(
                        "target: there is room for 4 more sessions besides the %d of the switch, but clients have 5"
                                .formatted(OURS),
                        "max_connections");

        room = 5 + OURS;
        assertThat(look().get("target-accepts-writes").allowed()).isTrue();
    }

    private String refusal() {
        GuardResult result = Objects.requireNonNull(look().get("target-accepts-writes"));
        assertThat(result.allowed()).isFalse();
        return result.reason();
    }

    private List<String> behind() {
        try (Switch sw = new Switch(ExampleProjects.accepting(accepted, hard), Side.SOURCE, ports())) {
            return Finding.sentences(new StandingFence(sw).findings(Role.LOOK));
        }
    }

    private Map<String, GuardResult> look() {
        try (Switch sw = new Switch(ExampleProjects.accepting(accepted, hard), Side.SOURCE, ports())) {
            return FenceChecks.FENCES.guards(sw).stream()
                    .collect(Collectors.toMap(GuardResult::guard, Function.identity()));
        }
    }

    private Ports ports() {
        return ExamplePorts.of(fence(), new MemoryFences(fences));
    }

    private Fence fence() {
        return ExamplePorts.proxy(
                Fence.class, (method, arguments) -> answer(method, ExamplePorts.isOnSource(arguments[0])));
    }

    private Object answer(String method, boolean onSource) {
        return switch (method) {
            case "passages" -> passages;
            case "unendable" -> onSource ? NOBODY : unendable;
            case "room" -> room;
            case "holders" -> onSource ? holders : List.of();
            case "admission" -> {
                if (onSource && sourceGone) {
                    throw new DataAccessResourceFailureException("gone");
                }
                yield onSource ? source : target;
            }
            case "read" -> onSource ? left : new FenceState(target.databaseDefault(), target.connectionLimit());
            case "behind" -> {
                List<ClientSession> all = IntStream.range(0, clients)
                        .mapToObj(pid -> new ClientSession(pid, "app", null, null))
                        .toList();
                yield new Behind(1, all, List.of(), List.of());
            }
            default -> throw new UnsupportedOperationException(method);
        };
    }
}
