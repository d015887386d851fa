package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Asked;
import dev.upshift.check.Finding;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ReplicaTrigger;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlwaysTriggersTests {

    private List<ReplicaTrigger> onSource = List.of();
    private List<ReplicaTrigger> onTarget = List.of();
    private boolean broken;

    @Test
    void noneIsFine() {
        assertThat(looked(ExampleProjects.shop()))
                .isEqualTo(new GuardResult("always-triggers", true, "No trigger fires for what replication brings."));
    }

    @Test
    void oneBlocksWithItsSideItsTableAndItsRemedy() {
        onTarget = List.of(always("audit"));

        GuardResult blocked = looked(ExampleProjects.shop());

        assertThat(blocked.allowed()).isFalse();
        assertThat(blocked.reason())
                .startsWith("shop on the target: audit on public.orders, which is ENABLE ALWAYS, fires for what")
                .endsWith("ALTER TABLE public.orders ENABLE TRIGGER audit, on both sides, until the upgrade is over.");
    }

    @Test
    void thoseWithAnotherRemedyHaveASentenceOfTheirOwn() {
        onSource = List.of(always("audit"), new ReplicaTrigger("fill on public.t", false, "DISABLE it"));

        assertThat(looked(ExampleProjects.shop()).reason())
                .contains(
                        "shop on the source: audit on public.orders, which is ENABLE ALWAYS",
                        "shop on the source: fill on public.t, which is ENABLE REPLICA",
                        "DISABLE it, on both sides")
                .doesNotContain("others", "target");
    }

    @Test
    void manyAreNamedInPartForEachSide() {
        onSource = IntStream.range(0, 2_000)
                .mapToObj(number -> always("t" + number))
                .toList();
        onTarget = onSource.subList(0, 2);

        assertThat(looked(ExampleProjects.shop()).reason())
                .contains(
                        "shop on the source: t0 on public.orders, ",
                        "t4 on public.orders and 1995 more, which are ENABLE ALWAYS, fire for",
                        "ENABLE TRIGGER t0, and likewise for the others, on both sides",
                        "shop on the target: t0 on public.orders, t1 on public.orders, which are")
                .hasSizeLessThan(1_500);
    }

    @Test
    void theProjectMayAcceptThemButNotThatNobodyLooked() {
        Project accepting = ExampleProjects.accepting(List.of(Acceptance.ALWAYS_TRIGGERS));
        onSource = List.of(always("notify"));
        assertThat(looked(accepting).allowed()).isTrue();
        assertThat(looked(accepting).reason()).startsWith("Accepted").contains("notify on public.orders");
        assertThat(objections(accepting)).isEmpty();
        assertThat(objections(ExampleProjects.shop())).hasSize(1);

        broken = true;
        assertThat(looked(accepting).allowed()).isFalse();
    }

    @Test
    void aSideIsAskedForTheDatabasesThatItHas() {
        onSource = List.of(always("audit"));
        onTarget = onSource;
        AlwaysTriggers ofSource =
                new AlwaysTriggers((inspected, side) -> side == Side.SOURCE ? List.of("shop") : List.of());

        assertThat(Asked.guard(ofSource, ExampleProjects.shop(), catalog()).reason())
                .contains("on the source")
                .doesNotContain("on the target");
    }

    private static ReplicaTrigger always(String name) {
        return new ReplicaTrigger(name + " on public.orders", true, "ALTER TABLE public.orders ENABLE TRIGGER " + name);
    }

    private GuardResult looked(Project project) {
        return Asked.guard(new AlwaysTriggers(), project, catalog());
    }

    private List<Finding> objections(Project project) {
        try (SessionPool pool = new SessionPool(ExamplePorts.of(), project, PostgresSessions.SHORT)) {
            return AlwaysTriggers.unaccepted(project, catalog(), Side.SOURCE, "shop", pool.work(Side.SOURCE, "shop"));
        }
    }

    private Catalog catalog() {
        return ExamplePorts.proxy(Catalog.class, (method, arguments) -> {
            if (broken) {
                throw new IllegalStateException("The server is away.");
            }
            return ExamplePorts.isOnSource(arguments[0]) ? onSource : onTarget;
        });
    }
}
