package dev.upshift.campaign;

import dev.upshift.upgrade.UpshiftApi;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ResponseEntity;

/** What befalls the control plane that executes the run, and what people do to the run. */
final class OwnerFaults {

    private OwnerFaults() {}

    /** {@code kill -9}. */
    static final class Killed implements Fault {
        @Override
        public Duration lasts(Scene scene) {
            return Duration.ZERO;
        }

        @Override
        public void strike(Scene scene) {
            scene.owner().kill();
        }
    }

    /** SIGTERM, as a deployment of a new version sends it. */
    static final class AskedToEnd implements Fault {
        @Override
        public Duration lasts(Scene scene) {
            return Duration.ZERO;
        }

        @Override
        public void strike(Scene scene) {
            scene.owner().terminate();
        }

        @Override
        public void mend(Scene scene) {
            scene.owner().awaitEnd();
        }
    }

    /** Stands still for a moment, as under a long garbage collection or a paused virtual machine. */
    static final class FrozenBriefly implements Fault {
        @Override
        public void strike(Scene scene) {
            scene.owner().freeze();
        }

        @Override
        public void mend(Scene scene) {
            scene.owner().thaw();
        }
    }

    /** Stands still until another control plane has ended the run, and then wakes up in the middle of its step. */
    static final class FrozenUntilOver implements Fault {
        @Override
        public Duration lasts(Scene scene) {
            return UNTIL_OVER;
        }

        @Override
        public void strike(Scene scene) {
            scene.owner().freeze();
        }

        @Override
        public void mend(Scene scene) {
            scene.owner().thaw();
        }
    }

    /** A person asks for the run to be aborted. */
    static final class Aborted implements Fault {

        private static final Duration ANSWER = Duration.ofMillis(2_500);

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ZERO;
        }

        @Override
        public void strike(Scene scene) {
            abort(scene);
        }

        /**
         * Waits for the answer while the control plane stands still, but not for long: in the middle of a write to the
         * journal it comes later.
         */
        static void abort(Scene scene) {
            UpshiftApi api = scene.owner().api();
            Thread asking = Thread.ofVirtual()
                    .name("abort")
                    .start(() -> api.post("/projects/shop/runs/" + newest(scene) + "/abort", Map.of()));
            try {
                asking.join(ANSWER);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int newest(Scene scene) {
        try {
            return scene.world().runs().newest();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two people start the same run on two control planes at once, and later a third one tries again. */
    static final class StartedTwice implements Fault {

        private static final int ACCEPTED = 202;
        private static final int REFUSED = 409;

        @Override
        public int begin(Scene scene) {
            Node other = scene.world().controlPlanes().standby();
            CompletableFuture<ResponseEntity<Map<String, Object>>> there =
                    CompletableFuture.supplyAsync(() -> start(other.api(), scene));
            ResponseEntity<Map<String, Object>> here = start(scene.owner().api(), scene);
            List<ResponseEntity<Map<String, Object>>> answers = List.of(here, there.join());
            List<ResponseEntity<Map<String, Object>>> accepted = answers.stream()
                    .filter(answer -> answer.getStatusCode().value() == ACCEPTED)
                    .toList();
            if (accepted.size() != 1) {
                throw new AssertionError("Started on both control planes at once, the answers were " + answers);
            }
            return (Integer) accepted.getFirst().getBody().get("number");
        }

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ZERO;
        }

        @Override
        public void strike(Scene scene) {
            ResponseEntity<Map<String, Object>> answer =
                    start(scene.world().controlPlanes().standby().api(), scene);
            if (answer.getStatusCode().value() != REFUSED) {
                throw new AssertionError("A second run was not refused during the first: " + answer);
            }
        }

        private static ResponseEntity<Map<String, Object>> start(UpshiftApi api, Scene scene) {
            return api.post(
                    "/projects/shop/runs",
                    Map.of(
                            "procedure", scene.procedure(),
                            "planVersion", scene.planVersion(),
                            "confirmation", "shop"));
        }
    }
}
