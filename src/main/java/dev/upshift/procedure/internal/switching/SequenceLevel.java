package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Sequences.SequenceValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which sequences of the entered side stand where they hand out a value twice, and which may be pushed ahead. */
final class SequenceLevel {

    private SequenceLevel() {}

    /**
     * Whether a sequence may be pushed: one that cycles has no "ahead", and one close to its bound would be used up by
     * the push. Those are set exactly, inside the window.
     */
    static boolean hasRoom(SequenceValue value, int margin) {
        if (value.cycles()) {
            return false;
        }
        BigInteger bound = BigInteger.valueOf(value.increment() > 0 ? value.maximum() : value.minimum());
        BigInteger room = bound.subtract(BigInteger.valueOf(value.lastValue()))
                .multiply(BigInteger.valueOf(Long.signum(value.increment())));
        BigInteger wanted = BigInteger.valueOf(value.increment()).abs().multiply(BigInteger.valueOf(2L * margin));
        return room.compareTo(wanted) >= 0;
    }

    /**
     * Of the wanted values those that are not there: the sequence is none, or stands where it may repeat one, or cycles and
     * stands elsewhere.
     */
    static List<SequenceValue> missing(List<SequenceValue> standing, List<SequenceValue> wanted) {
        Map<String, SequenceValue> byName = byName(standing);
        return wanted.stream()
                .filter(value -> {
                    SequenceValue there = byName.get(name(value));
                    return there == null || isBehind(there, value);
                })
                .toList();
    }

    private static Map<String, SequenceValue> byName(List<SequenceValue> values) {
        return values.stream().collect(Collectors.toMap(SequenceLevel::name, Function.identity()));
    }

    private static boolean isBehind(SequenceValue before, SequenceValue now) {
        if (now.cycles() || before.lastValue() == now.lastValue()) {
            return before.lastValue() != now.lastValue() || before.called() != now.called();
        }
        return !before.covers(now);
    }

    private static String name(SequenceValue value) {
        return value.schema() + "\u0000" + value.name();
    }
}
