package dev.upshift.postgres.internal.record;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** What needs no quotes in an array. */
    private static final Pattern PLAIN = Pattern.compile("[^\\s,{}\"\\\\]+");

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
        if (value instanceof Integer[]) {
            return "⟨those seen until then⟩";
        }
        if (value instanceof Boolean[]) {
            return "⟨whether called then⟩";
        }
        return value instanceof Integer ? "⟨process then⟩" : value;
    }

    /** The value written out whole; the driver itself cannot write a list. */
    static @Nullable Object whole(@Nullable Object value) {
        return value instanceof String[] all ? list(Arrays.stream(all), "") : value;
    }

    /** The value as people see it: of a long list its beginning, and how much more there is. */
    static @Nullable Object shown(@Nullable Object value) {
        return value instanceof String[] all && all.length > SHOWN
                ? list(
                        Arrays.stream(all).limit(SHOWN),
                        String.format(Locale.ROOT, ",⟨and %,d more⟩", all.length - SHOWN))
                : whole(value);
    }

    /** As the server writes an array (documentation, "Array Input and Output Syntax"). */
    private static String list(Stream<String> texts, String more) {
        return texts.map(Placeholders::element).collect(Collectors.joining(",", "{", more + "}"));
    }

    private static String element(String text) {
        return PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("null")
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private record Known(Pattern shape, String name) {}
}
