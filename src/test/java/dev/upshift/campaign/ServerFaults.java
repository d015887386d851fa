package dev.upshift.campaign;

import dev.upshift.lab.ClientError;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.lab.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What befalls PostgreSQL: the two sides, and the metadata database. */
final class ServerFaults {

    private static final String READ_ONLY = "25006";

    private ServerFaults() {}

    /** All its processes are killed at once; it is started again a little later. */
    record Killed(Function<Scene, PostgresCluster> server) implements Fault {
        @Override
        public void strike(Scene scene) {
            server.apply(scene).kill();
        }

        @Override
        public void mend(Scene scene) {
            server.apply(scene).restart();
        }

        @Override
        public boolean causes(ClientError error, Scene scene) {
            return isServing(server.apply(scene), scene);
        }
    }

    /** An administrator restarts it. */
    record Restarted(Function<Scene, PostgresCluster> server) implements Fault {
        @Override
        public Duration lasts(Scene scene) {
            return Duration.ZERO;
        }

        @Override
        public void strike(Scene scene) {
            server.apply(scene).stop();
        }

        @Override
        public void mend(Scene scene) {
            server.apply(scene).restart();
        }

        @Override
        public boolean causes(ClientError error, Scene scene) {
            return isServing(server.apply(scene), scene);
        }
    }

    /**
     * It takes connections and answers nothing, for longer than the pause budget or not. If it is longer, clients are let
     * go while nobody can lift the fence of the side that is left, and some meet it as that side wakes up: they can only
     * read, or the lifting ends their session, or the pooler's that was signing in for them.
     */
    static final class Frozen implements Fault {

        /** The budget counts from PAUSE, and the server stands still some steps later. */
        private static final Duration HELD_BEFORE = Duration.ofSeconds(1);

        /** {@code admin_shutdown} as the server says it, and as a pooler does that was signing in. */
        private static final Set<String> AS_IT_IS_LIFTED = Set.of(READ_ONLY, "57P01", "08P01");

        private final Function<Scene, PostgresCluster> server;
        private Duration lasts = Duration.ZERO;

        Frozen(Function<Scene, PostgresCluster> server) {
            this.server = server;
        }

        @Override
        public Duration lasts(Scene scene) {
            lasts = Duration.ofMillis(500L + scene.random().nextInt(6_000));
            return lasts;
        }

        @Override
        public void strike(Scene scene) {
            server.apply(scene).suspend();
        }

        @Override
        public void mend(Scene scene) {
            server.apply(scene).thaw();
        }

        @Override
        public boolean causes(ClientError error, Scene scene) {
            return AS_IT_IS_LIFTED.contains(error.sqlState())
                    && lasts.plus(HELD_BEFORE).compareTo(CampaignWorld.PAUSE_BUDGET) > 0
                    && isServing(server.apply(scene), scene);
        }
    }

    /** The control plane's own sessions there stall, and nobody else's: a network that swallows what it is given. */
    static final class SessionsStalled implements Fault {
        private final Function<Scene, PostgresCluster> server;
        private List<ProcessHandle> stalled = List.of();

        SessionsStalled(Function<Scene, PostgresCluster> server) {
            this.server = server;
        }

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(500L + scene.random().nextInt(6_000));
        }

        @Override
        public void strike(Scene scene) {
            stalled = processes(
                    server.apply(scene),
                    "select pid from pg_stat_activity where backend_type = 'client backend' and datname = 'shop'"
                            + " and application_name like 'upshift%' and application_name <> 'upshift lab'");
            Processes.signal("STOP", stalled);
        }

        @Override
        public void mend(Scene scene) {
            Processes.signal("CONT", stalled);
        }
    }

    static List<ProcessHandle> processes(PostgresCluster server, String query) {
        return server.rows("shop", query).stream()
                .flatMap(row -> ProcessHandle.of(Long.parseLong(String.valueOf(row.get("pid")))).stream())
                .toList();
    }

    private static boolean isServing(PostgresCluster server, Scene scene) {
        return server == scene.serving();
    }
}
