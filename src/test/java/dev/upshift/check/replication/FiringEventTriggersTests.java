package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Asked;
import dev.upshift.check.Severity;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.EventTriggers.EventTrigger;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiringEventTriggersTests {

    private List<EventTrigger> onSource = List.of();
    private List<EventTrigger> onTarget = List.of();
    private boolean broken;

    @Test
    void noneIsFine() {
        assertThat(looked(ExampleProjects.shop()))
                .isEqualTo(new GuardResult(
                        "event-triggers", true, "No event trigger of the application fires on our statements."));
    }

    @Test
    void oneBlocksWithItsSideItsFunctionAndItsRemedy() {
        onTarget = List.of(trigger("log_ddl"));

        GuardResult blocked = looked(ExampleProjects.shop());

        assertThat(blocked.allowed()).isFalse();
        assertThat(blocked.reason())
                .contains(
                        "shop on the target", "log_ddl (ddl_command_end, calls public.note)", "DISABLE; on both sides")
                .doesNotContain("source");
    }

    @Test
    void manyAreNamedInPartForEachSide() {
        onSource =
                IntStream.range(0, 9).mapToObj(number -> trigger("t" + number)).toList();
        onTarget = onSource;

        assertThat(looked(ExampleProjects.shop()).reason())
                .contains("shop on the source", "shop on the target", "t0", "and 4 more");
    }

    @Test
    void theProjectMayAcceptThemButNotThatNobodyLooked() {
        Project accepting = ExampleProjects.accepting(List.of(Acceptance.EVENT_TRIGGERS));
        onSource = List.of(trigger("log_ddl"));
        assertThat(looked(accepting).allowed()).isTrue();
        assertThat(looked(accepting).reason()).startsWith("Accepted").contains("log_ddl");

        broken = true;
        assertThat(looked(accepting).allowed()).isFalse();
    }

    @Test
    void whereNothingRunsYetItIsOnlySaid() {
        onSource = List.of(trigger("log_ddl"));
        FiringEventTriggers told = new FiringEventTriggers(
                EventTriggers.ANY,
                Severity.INFO,
                (inspected, side) -> inspected.project().databases());

        assertThat(Asked.guard(told, ExampleProjects.shop(), triggers()))
                .matches(GuardResult::allowed)
                .matches(result -> result.reason().contains("log_ddl"));
    }

    private static EventTrigger trigger(String name) {
        return new EventTrigger(
                name,
                "ddl_command_end",
                "public.note",
                "It is ENABLE ALWAYS; ALTER EVENT TRIGGER " + name + " DISABLE");
    }

    private GuardResult looked(Project project) {
        return Asked.guard(new FiringEventTriggers(EventTriggers.OF_LINKS), project, triggers());
    }

    private EventTriggers triggers() {
        return (session, commands) -> {
            if (broken) {
                throw new IllegalStateException("The server is away.");
            }
            return ExamplePorts.isOnSource(session) ? onSource : onTarget;
        };
    }
}
