package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.EventTriggers.EventTrigger;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Project;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Side;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventTriggerGuardTests {

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
        GuardBook book = new GuardBook();
        try (SessionPool pool = pool(ExampleProjects.shop())) {
            guard(ExampleProjects.shop(), pool).tell(book, Side.SOURCE, () -> List.of("shop"));
        }

        assertThat(book.results())
                .singleElement()
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
        GuardBook book = new GuardBook();
        try (SessionPool pool = pool(project)) {
            guard(project, pool).look(book, EventTriggers.OF_LINKS);
        }
        assertThat(book.results()).hasSize(1);
        return book.results().getFirst();
    }

    private EventTriggerGuard guard(Project project, SessionPool pool) {
        return new EventTriggerGuard(
                project,
                (session, commands) -> {
                    if (broken) {
                        throw new IllegalStateException("The server is away.");
                    }
                    return session.backendPid() == 1 ? onSource : onTarget;
                },
                pool);
    }

    private static SessionPool pool(Project project) {
        PostgresSessions sessions = proxy(PostgresSessions.class, (method, arguments) -> {
            boolean source = ((Endpoint) arguments[0]).host().equals("db-old");
            return proxy(PostgresSession.class, (asked, none) -> asked.equals("backendPid") && source ? 1 : 0);
        });
        return new SessionPool(sessions, "", project, PostgresSessions.SHORT);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }
}
