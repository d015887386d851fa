package dev.upshift.engine.procedure;

import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.RunFacts;
import java.util.List;
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
    default String success(RunFacts facts) {
        return success();
    }

    /** What the run record shall keep beside the journal; asked for when the run is over. */
    default RunFacts evidence() {
        return RunFacts.NONE;
    }

    /** The hold on clients of those scripts that hold some. */
    default ClientHold hold() {
        return ClientHold.NONE;
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

    /** Frees connections and threads; never throws. */
    @Override
    default void close() {}
}
