package dev.upshift.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The switch with which operators stop all runs of all projects, at every control plane: none starts, and those before
 * their point of no return are aborted. Those past it go on, because stopping them would hold their clients.
 */
public interface StopSwitch {

    /** What has to be typed to stop all runs. */
    String STOP = "stop all runs";

    /** What has to be typed to allow them again. */
    String ALLOW = "allow runs";

    /** The order that is in force, if any. */
    Optional<StopOrder> order();

    /**
     * Stops all runs. Ordering it again is fine: the first order stays, and runs are aborted again.
     *
     * @param reason for people; may be empty
     * @throws RunRefused if {@link #STOP} was not typed; nothing was changed then
     */
    Stopped stop(@Nullable String confirmation, @Nullable String reason);

    /**
     * Allows runs again; fine if they are. What was aborted is not started again.
     *
     * @throws RunRefused if {@link #ALLOW} was not typed; nothing was changed then
     */
    void allow(@Nullable String confirmation);

    /** @param by who gave it */
    record StopOrder(String by, String reason, Instant at) {

        /** For whoever wants to start a run. */
        public String sentence() {
            return "All runs are stopped: by %s%s. An operator has to allow runs first."
                    .formatted(by, reason.isEmpty() ? "" : ", because: " + reason);
        }
    }

    /**
     * What an order came upon.
     *
     * @param aborting runs that go back now
     * @param goingOn runs past their point of no return
     */
    record Stopped(StopOrder order, List<ActiveRun> aborting, List<ActiveRun> goingOn) {}

    /** A run of some project. */
    record ActiveRun(String slug, int number) {}
}
