package dev.upshift.campaign;

import dev.upshift.lab.ClientError;
import java.time.Duration;

/** One thing that goes wrong; made anew for every run, because it remembers what it did. */
interface Fault {

    /** What went wrong stays as it is until the run is over, or waits for a person. */
    Duration UNTIL_OVER = Duration.ofMinutes(5);

    /** Starts the run. */
    default int begin(Scene scene) {
        return scene.owner().api().start(scene.procedure());
    }

    /** How long what went wrong stays as it is. */
    default Duration lasts(Scene scene) {
        return Duration.ofMillis(200L + scene.random().nextInt(1_500));
    }

    /** Happens at the place, while the control plane stands still there. */
    void strike(Scene scene);

    /** What happens afterwards without the control plane's doing: a restart, a cause removed by a person. */
    default void mend(Scene scene) {}

    /** Whether a client's error comes from what went wrong itself, and would have come without any control plane. */
    default boolean causes(ClientError error, Scene scene) {
        return false;
    }
}
