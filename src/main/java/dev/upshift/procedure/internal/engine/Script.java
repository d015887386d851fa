package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.Plan.PlannedStep;
import dev.upshift.procedure.Procedures.PauseReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
     * The same, where the outcome tells also what steps have found.
     *
     * @param facts what they have remembered, also those that another process has performed
     */
    default String success(Map<String, String> facts) {
        return success();
    }

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

    /** Told before the first step by whose right the steps act; whatever changes a server has to ask it first. */
    default void ownedBy(Ownership ownership) {}

    /**
     * Somebody asked for the run to be aborted: what a step is waiting for is ended, and clients that are held are let go,
     * unless the pivot is being passed. Called from any thread; never waits.
     *
     * @param why the sentence with which a step then fails
     */
    default void abort(String why) {}

    /** The pivot was decided for, but its row is not committed and never will be: clients can be let go again. */
    default void takeBackPivot() {}

    /**
     * Called before the first step of a run that somebody else had begun: begins to end that owner's sessions where
     * possible, so that nothing it had sent is done later. Never waits and never throws.
     */
    default void replaceFormerOwner() {}

    /** Whether this has ever sent a PAUSE, or was about to. */
    default boolean mayHavePaused() {
        return false;
    }

    /**
     * RESUMEs what is paused; nothing else. Called again and again after a take-over, and when no run is active: then
     * nobody means clients to be held, and a PAUSE can only be that of an owner that was asleep. Never throws.
     */
    default void keepServing() {}

    /**
     * Does all of these, which do not need each other, and waits for all: at the same time where the script knows how. Each
     * ends by itself.
     */
    default void together(List<Runnable> work) {
        work.forEach(Runnable::run);
    }

    /**
     * How it is told that the run went back.
     *
     * @param reason why
     * @param begun which steps had begun
     */
    default String aborted(String reason, Predicate<Step> begun) {
        return reason;
    }

    /** Does something that nobody waits for while its caller goes on, where the script knows how. */
    default void beside(Runnable work) {
        work.run();
    }

    /** Frees connections and threads; never throws. */
    @Override
    default void close() {}
}
