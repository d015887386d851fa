package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Sequences.SequenceValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the sequences of the entered side were set to before the window, to tell afterwards which were outrun. */
final class PushedSequences {

    private final Map<String, Map<String, SequenceValue>> byDatabase = new ConcurrentHashMap<>();

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

    /** These; what was kept of others stays. */
    void keep(String database, List<SequenceValue> values) {
        byDatabase.computeIfAbsent(database, key -> new ConcurrentHashMap<>()).putAll(byName(values));
    }

    /** The values that have to be set now: new sequences, those that cycle, and those beyond what was pushed. */
    List<SequenceValue> outrunBy(String database, List<SequenceValue> now) {
        return missing(byDatabase.getOrDefault(database, Map.of()), now);
    }

    /** Of the wanted values those that are not there: the sequence is none, or stands where it may repeat one. */
    static List<SequenceValue> missing(List<SequenceValue> standing, List<SequenceValue> wanted) {
        return missing(byName(standing), wanted);
    }

    private static List<SequenceValue> missing(Map<String, SequenceValue> standing, List<SequenceValue> wanted) {
        return wanted.stream()
                .filter(value -> {
                    SequenceValue there = standing.get(name(value));
                    return there == null || isBehind(there, value);
                })
                .toList();
    }

    private static Map<String, SequenceValue> byName(List<SequenceValue> values) {
        return values.stream().collect(Collectors.toMap(PushedSequences::name, Function.identity()));
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
