package dev.upshift.campaign;

import java.time.Duration;
import java.util.List;

/**
 * One run with its fault, and how it went.
 *
 * @param status how the run ended
 * @param outcome its last sentence
 * @param blocked the sentence with which it waited for a person in between; empty if it did not
 * @param longestWait of any client, from the start of the run to its end
 * @param heldAfterStrike how long after the fault struck the last client was still held
 * @param heldAfterMending how long after what went wrong was over the last client was still held
 * @param overAfter from the fault to the end of the run
 * @param faultErrors client errors that the fault caused by itself
 * @param ourErrors all other client errors
 * @param violations what was not as it must be; none is what is wanted
 */
record TrialResult(
        int number,
        String procedure,
        FaultKind fault,
        Place place,
        String status,
        String outcome,
        String blocked,
        Duration longestWait,
        Duration heldAfterStrike,
        Duration heldAfterMending,
        Duration overAfter,
        int faultErrors,
        int ourErrors,
        long acknowledged,
        List<String> violations) {

    boolean holds() {
        return violations.isEmpty();
    }

    String line() {
        return "%d %s: %s, %s → %s%s, longest wait %d ms, held %d ms after the fault and %d ms after its end, over after %d ms, errors %d by the fault and %d by us%s"
                .formatted(
                        number,
                        procedure,
                        fault,
                        place,
                        status,
                        blocked.isEmpty() ? "" : " (after BLOCKED: " + blocked + ")",
                        longestWait.toMillis(),
                        heldAfterStrike.toMillis(),
                        heldAfterMending.toMillis(),
                        overAfter.toMillis(),
                        faultErrors,
                        ourErrors,
                        violations.isEmpty() ? "" : "\n  VIOLATED: " + String.join("\n  ", violations));
    }
}
