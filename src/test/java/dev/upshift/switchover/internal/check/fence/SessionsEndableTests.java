package dev.upshift.switchover.internal.check.fence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckList;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.UnendableSessions;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionsEndableTests {

    private List<ClientSession> ofSuperusers = List.of();
    private List<ServerConnection> pooled = List.of();
    private List<ClientSession> ofOthers = List.of();
    private List<String> cached = List.of();

    @Test
    void noneThatCannotBeEndedIsFine() {
        assertThat(look(Side.SOURCE)).matches(GuardResult::allowed);
    }

    @Test
    void oneIsNamedWithWhatToDo() {
        ofSuperusers = List.of(new ClientSession(4711, "postgres", "check_postgres", "10.0.0.9"));

        assertThat(look(Side.SOURCE).allowed()).isFalse();
        assertThat(look(Side.SOURCE).reason())
                .isEqualTo("shop on the source: our role mover may not end these sessions of superusers, which only a"
                        + " superuser may end: process 4711 of postgres (check_postgres) from 10.0.0.9. End them there"
                        + " (SELECT pg_terminate_backend(4711)), or ALTER ROLE \"mover\" SUPERUSER until the switch is"
                        + " over.");
    }

    /** Of the same number on another server it is somebody else. */
    @Test
    void whatAPoolerHoldsIsClosedByItsPause() {
        ofSuperusers = List.of(new ClientSession(4711, "postgres", "", "10.0.0.9"));
        int port =
                ExampleProjects.accepting(List.of(), false).source().endpoint().port();

        pooled = List.of(new ServerConnection("shop", port, 4711));
        assertThat(look(Side.SOURCE).allowed()).isTrue();
        pooled = List.of(new ServerConnection("shop", port + 1, 4711));
        assertThat(look(Side.SOURCE).allowed()).isFalse();
    }

    @Test
    void theSideThatIsLeftIsLookedAt() {
        ofOthers = List.of(new ClientSession(7, "app", "", null));

        assertThat(look(Side.SOURCE).allowed()).isFalse();
        assertThat(look(Side.TARGET).allowed()).as("only the source has some").isTrue();
    }

    /** On the side that is entered, only where he may hold former values of a sequence. */
    @Test
    void whoMayHoldFormerValuesIsNamed() {
        ofSuperusers = List.of(new ClientSession(4711, "postgres", "psql", null));
        assertThat(look(Side.TARGET).allowed()).isTrue();

        cached = List.of("public.coupon");
        assertThat(look(Side.TARGET).allowed()).isFalse();
        assertThat(look(Side.TARGET).reason())
                .startsWith(
                        "shop on the source: a session may hold former values of public.coupon (CACHE) and hand them"
                                + " out, and our role mover may not end")
                .contains("process 4711 of postgres (psql)");
    }

    @Test
    void manyAreCountedAndBothKindsAreTold() {
        ofSuperusers = List.of(new ClientSession(1, "postgres", "psql", null));
        ofOthers = IntStream.range(100, 113)
                .mapToObj(pid -> new ClientSession(pid, "app", "shop", null))
                .toList();

        assertThat(look(Side.SOURCE).reason())
                .contains("process 1 of postgres (psql)", "process 109 of app (shop), and 3 more.", "pg_signal_backend")
                .doesNotContain("process 110");
    }

    private GuardResult look(Side from) {
        Fence fence = ExamplePorts.proxy(Fence.class, (method, arguments) -> {
            assertThat(method).isEqualTo("unendable");
            return ExamplePorts.isOnSource(arguments[0])
                    ? new UnendableSessions("mover", ofSuperusers, ofOthers)
                    : new UnendableSessions("mover", List.of(), List.of());
        });
        Sequences sequences = ExamplePorts.proxy(Sequences.class, (method, arguments) -> {
            assertThat(method).isEqualTo("cached");
            return cached;
        });
        try (Switch sw =
                new Switch(ExampleProjects.accepting(List.of(), false), from, ExamplePorts.of(fence, sequences))) {
            return CheckList.<Switch>of(List.of(new SessionsEndable(asked -> pooled)))
                    .guards(sw)
                    .getFirst();
        }
    }
}
