package dev.upshift.transfer.internal.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable.Reason;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Side;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReachTests {

    private final Project project = ExampleProjects.shop(Phase.CUT_OVER, Side.TARGET);
    private final Map<String, Reason> shut = new TreeMap<>();
    private final List<String> tried = new ArrayList<>();
    private final SessionPool pool = new SessionPool(new Doors(), "", project, PostgresSessions.SHORT);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aSideIsReachedWhereOneDatabaseLetsUsIn() {
        assertThat(Reach.failure(pool, project, Side.SOURCE)).isEmpty();
        assertThat(Reach.dropped(pool, project, Side.SOURCE)).isEmpty();
        assertThat(Reach.within(pool, project, Side.SOURCE))
                .contains(project.databases().getFirst());
    }

    @Test
    void aDatabaseThatIsMissingIsToldFromOneThatIsShut() {
        shut.put(project.databases().getFirst(), Reason.DATABASE_MISSING);

        assertThat(Reach.failure(pool, project, Side.SOURCE).orElseThrow().reason())
                .isEqualTo(Reason.DATABASE_MISSING);
        assertThat(Reach.dropped(pool, project, Side.SOURCE))
                .containsExactly(project.databases().getFirst());
        assertThat(Reach.within(pool, project, Side.SOURCE)).contains("postgres");
    }

    /** Nobody waits for one database after the other of a server that does not answer. */
    @Test
    void oneAttemptIsEnoughWhereNobodyAnswers() {
        project.databases().forEach(database -> shut.put(database, Reason.TIMED_OUT));

        assertThat(Reach.within(pool, project, Side.SOURCE)).isEmpty();
        assertThat(tried).containsExactly(project.databases().getFirst());
        assertThat(Reach.failure(pool, project, Side.SOURCE).orElseThrow().reason())
                .isEqualTo(Reason.TIMED_OUT);
        assertThat(Reach.dropped(pool, project, Side.SOURCE)).isEmpty();
    }

    @Test
    void whoLetsUsInSoonIsNotGone() {
        project.databases().forEach(database -> shut.put(database, Reason.STARTING_UP));

        assertThat(Reach.failure(pool, project, Side.SOURCE)).isEmpty();
    }

    /** Lets in, but where it is said why not. */
    private final class Doors implements PostgresSessions {

        @Override
        public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts) {
            return open(endpoint, database, timeouts, "");
        }

        @Override
        public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts, String mark) {
            tried.add(database);
            Reason reason = shut.get(database);
            if (reason != null) {
                throw new PostgresUnreachable(reason, "Not now.", null);
            }
            return (PostgresSession) Proxy.newProxyInstance(
                    PostgresSession.class.getClassLoader(),
                    new Class<?>[] {PostgresSession.class},
                    (of, call, with) -> null);
        }
    }
}
