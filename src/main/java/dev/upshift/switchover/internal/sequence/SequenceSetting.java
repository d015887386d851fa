package dev.upshift.switchover.internal.sequence;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sets sequences of the side that is entered, and reads every one of them again: a statement that raised no error has
 * not set anything yet, and a sequence that stays behind gives clients values that exist already.
 */
final class SequenceSetting {

    private final Switch sw;

    SequenceSetting(Switch sw) {
        this.sw = sw;
    }

    /** Answers what is wrong when not all of them stand where they were set, with their names. */
    Optional<String> set(String database, List<SequenceValue> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Sequences sequences = sw.servers().sequences();
        // Beside the session that stops the link, and the same one in both steps: in the window it is warm.
        PostgresSession session = sw.pool().session(sw.to(), database, Role.LOOK);
        sequences.set(session, values);
        List<SequenceValue> standing = sequences.read(session, values);
        List<SequenceValue> missing = SequenceLevel.missing(standing, values);
        return missing.isEmpty() ? Optional.empty() : Optional.of(complaint(database, missing, standing));
    }

    private String complaint(String database, List<SequenceValue> missing, List<SequenceValue> standing) {
        Map<String, SequenceValue> there =
                standing.stream().collect(Collectors.toMap(SequenceSetting::name, Function.identity()));
        List<String> named = missing.stream()
                .map(value -> name(value) + " (set to " + value.lastValue() + ", "
                        + Optional.ofNullable(there.get(name(value)))
                                .map(stands -> "stands at " + stands.lastValue())
                                .orElse("not found")
                        + ")")
                .toList();
        return "%s: %s of the %s did not take the value that was set: %s. Find out who else sets them there, and start again."
                .formatted(
                        database,
                        missing.size() == 1 ? "a sequence" : missing.size() + " sequences",
                        sw.to().word(),
                        Names.some(named));
    }

    private static String name(SequenceValue value) {
        return value.schema() + "." + value.name();
    }
}
