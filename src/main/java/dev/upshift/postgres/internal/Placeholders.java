package dev.upshift.postgres.internal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a record for a bound value. Values that are others every time (log positions, moments, tokens, the
 * values of sequences, process ids) get a name, so that two records without a real difference are the same.
 */
final class Placeholders {

    /** Of a longer list the first this many are shown. */
    static final int SHOWN = 20;

    private static final List<Known> KNOWN = List.of(
            new Known(Pattern.compile("[0-9A-F]{1,8}/[0-9A-F]{1,8}"), "⟨log position then⟩"),
            new Known(Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\S*"), "⟨time then⟩"),
            new Known(Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "⟨a token made then⟩"));

    private Placeholders() {}

    /** The value as the record has it. */
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof String text) {
            return KNOWN.stream()
                    .filter(known -> known.shape().matcher(text).matches())
                    .findFirst()
                    .<Object>map(Known::name)
                    .orElse(text);
        }
        if (value instanceof Long[]) {
            return "⟨their values then⟩";
        }
        if (value instanceof Boolean[]) {
            return "⟨whether called then⟩";
        }
        return value instanceof Integer ? "⟨process then⟩" : value;
    }

    /** The value as people see it: of a long list its beginning, and how much more there is. */
    static @Nullable Object shown(@Nullable Object value) {
        if (value instanceof String[] all && all.length > SHOWN) {
            String[] some = Arrays.copyOf(all, SHOWN + 1);
            some[SHOWN] = "⟨and %,d more⟩".formatted(all.length - SHOWN);
            return some;
        }
        return value;
    }

    private record Known(Pattern shape, String name) {}
}
