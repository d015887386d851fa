package dev.upshift.engine.procedure;

import dev.upshift.engine.Fact;
import dev.upshift.engine.RunFacts;
import java.util.Map;
import java.util.Optional;

/** What a step knows of the run it belongs to. */
public interface RunContext {

    /** Everything remembered so far, by this run's steps, also by those before an interruption. */
    Map<String, String> facts();

    /** Commits facts to the journal before it returns: what an undo must know before the side effect happens. */
    void remember(String sentence, Map<String, String> facts);

    /** As the journal has it; empty where nobody has remembered it. */
    default <T> Optional<T> fact(Fact<T> fact) {
        return new RunFacts(facts()).get(fact);
    }

    /** As {@link #remember(String, Map)}. */
    default void remember(String sentence, RunFacts facts) {
        remember(sentence, facts.values());
    }

    /** Adds a line to the journal. */
    void progress(String sentence);

    /**
     * Whether a person has continued the run, which was blocked, and nobody has taken it over since. For what nothing can
     * mend: he has read why the run stood still.
     */
    boolean isContinued();

    /** Throws {@link AbortRequested} if somebody asked for the run to be aborted and it still can be. */
    void stopIfAborted();

    /** Somebody asked for the run to be aborted. */
    final class AbortRequested extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public AbortRequested(String message) {
            super(message);
        }
    }
}
