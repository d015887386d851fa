package dev.upshift.switchover.internal.sequence;

import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which sequences of the entered side stand where they hand out a value twice, and which may be pushed ahead. */
public final class SequenceLevel {

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
     * stands elsewhere. Both lists mostly have the same sequences in the same order; then nothing is looked up by name.
     */
    public static List<SequenceValue> missing(List<SequenceValue> standing, List<SequenceValue> wanted) {
        List<SequenceValue> missing = new ArrayList<>();
        Map<String, SequenceValue> byName = Map.of();
        for (int place = 0; place < wanted.size(); place++) {
            SequenceValue value = wanted.get(place);
            SequenceValue there = place < standing.size() ? standing.get(place) : null;
            if (there == null || !isSame(there, value)) {
                byName = byName.isEmpty() ? byName(standing) : byName;
                there = byName.get(name(value));
            }
            if (there == null || isBehind(there, value)) {
                missing.add(value);
            }
        }
        return missing;
    }

    private static boolean isSame(SequenceValue one, SequenceValue other) {
        return one.name().equals(other.name()) && one.schema().equals(other.schema());
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
