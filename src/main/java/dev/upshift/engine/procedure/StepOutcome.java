package dev.upshift.engine.procedure;

import dev.upshift.engine.RunFacts;
import java.time.Duration;
import java.util.Map;

/** How an attempt at a step ended. */
public sealed interface StepOutcome {

    /** @param facts evidence and what later steps, undo and recovery need */
    record Succeeded(String sentence, Map<String, String> facts) implements StepOutcome {}

    /** Not yet: try again after the given time, within the step's deadline. */
    record Retry(String reason, Duration after) implements StepOutcome {}

    record Failed(String reason) implements StepOutcome {}

    /** It may have happened or not. */
    record Unknown(String reason) implements StepOutcome {}

    static StepOutcome done(String sentence) {
        return new Succeeded(sentence, Map.of());
    }

    static StepOutcome done(String sentence, Map<String, String> facts) {
        return new Succeeded(sentence, facts);
    }

    static StepOutcome done(String sentence, RunFacts facts) {
        return new Succeeded(sentence, facts.values());
    }

    static StepOutcome failed(String reason) {
        return new Failed(reason);
    }

    static StepOutcome retry(String reason, Duration after) {
        return new Retry(reason, after);
    }
}
