package dev.upshift.postgres.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A background worker of an extension with a connection to a database. The only one that comes with PostgreSQL is that of
 * {@code pg_prewarm}: it goes through a database after a start of the server, and waits where a table is locked.
 */
@ExtendWith(SharedServers.class)
class WorkersPastFenceIT {

    private static final String SHOP = "shop";
    private static final String WORKER = "autoprewarm worker";

    private final Fence fence = TestFence.create();

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void areNamedWhileTheyAreThereAndNotEnded(int major) {
        try (PostgresCluster server = SharedServers.own(major)) {
            server.execute("postgres", "create database shop");
            server.execute(SHOP, """
                    create extension pg_prewarm;
                    create table note (words text);
                    insert into note values ('kept in memory');
                    select autoprewarm_dump_now();
                    """);
            server.execute("postgres", "alter system set shared_preload_libraries = 'pg_prewarm'");
            try (PostgresSession session = open(server)) {
                assertThat(fence.passages(session, List.of())).isEmpty();
            }
            // outlives the restart, and is there before any worker is
            server.execute(
                    SHOP, "begin; lock table note in access exclusive mode; prepare transaction 'until it was seen'");
            server.stop();
            server.restart();

            try (PostgresSession session = open(server)) {
                await().until(() -> workers(session) == 1);
                assertThat(fence.passages(session, List.of()))
                        .containsExactly(new Passage(Passage.Kind.WORKER, WORKER, false, true));

                fence.raise(session, false);
                assertThat(fence.endClientSessions(session)).isEmpty();
                assertThat(workers(session)).as("after clients were ended").isEqualTo(1);
                assertThat(fence.behind(session).clients())
                        .as("it does not write")
                        .isEmpty();
                assertThat(fence.behind(session).writers())
                        .as("it does not write")
                        .isEmpty();

                server.execute(SHOP, "rollback prepared 'until it was seen'");
                await().until(() -> workers(session) == 0);
                assertThat(fence.passages(session, List.of())).isEmpty();
            }
        }
    }

    private static int workers(PostgresSession session) {
        return session.jdbc()
                .sql("select count(*) from pg_stat_activity where datname = 'shop' and backend_type = :type")
                .param("type", WORKER)
                .query(Integer.class)
                .single();
    }

    private static PostgresSession open(PostgresCluster server) {
        return SharedServers.SESSIONS.open(SharedServers.endpoint(server), SHOP, PostgresSessions.SHORT);
    }
}
