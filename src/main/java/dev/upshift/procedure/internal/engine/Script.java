package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.Plan.PlannedStep;
import dev.upshift.procedure.Procedures.PauseReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of one run, with the resources that they share. Building a script touches no server. */
public interface Script extends AutoCloseable {

    List<Step> steps();

    /** The steps as a plan shows them. */
    default List<PlannedStep> planned() {
        return steps().stream()
                .map(step -> new PlannedStep(step.name(), step.sentence(), step.part()))
                .toList();
    }

    /** One sentence for the run's outcome once all steps have succeeded: what is true now, and what comes next. */
    String success();

    /**
     * Called at once when a run fails or is aborted before the pivot, before anything is undone: lets clients go again
     * if they are held. Never throws.
     */
    default void release() {}

    /** What the run record shall keep, e.g. {@code pauseMillis}; called after every step. */
    default Map<String, String> evidence() {
        return Map.of();
    }

    /** The pause clock while clients are held. */
    default Optional<PauseReading> pause() {
        return Optional.empty();
    }

    /** Milliseconds that clients were held by the attempt that counted. */
    default Optional<Long> pauseMillis() {
        return Optional.empty();
    }

    /** Frees connections and threads; never throws. */
    @Override
    default void close() {}

    /** A script without shared resources. */
    static Script of(List<Step> steps, String success) {
        return new Script() {
            @Override
            public List<Step> steps() {
                return steps;
            }

            @Override
            public String success() {
                return success;
            }
        };
    }
}
