package dev.upshift.pooler.internal.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code key=value} pairs of an entry, split as PgBouncer does ({@code src/loader.c}): only spaces separate, spaces
 * may stand around the equals sign, a value in single quotes may hold spaces, with a quote doubled, and of several
 * pairs with the same key the last one counts.
 */
final class ConnectString {

    /**
     * One pair.
     *
     * @param value unquoted
     * @param valueStart where the value stands, its quotes included
     * @param valueEnd behind it
     */
    record Pair(String key, String value, int valueStart, int valueEnd) {}

    private final String text;
    private final List<Pair> pairs;

    private ConnectString(String text, List<Pair> pairs) {
        this.text = text;
        this.pairs = pairs;
    }

    /** Empty if PgBouncer could not read it. */
    static Optional<ConnectString> parse(String text) {
        List<Pair> pairs = new ArrayList<>();
        int at = skipSpaces(text, 0);
        while (at < text.length()) {
            Pair pair = pairAt(text, at);
            if (pair == null) {
                return Optional.empty();
            }
            pairs.add(pair);
            at = skipSpaces(text, pair.valueEnd());
        }
        return Optional.of(new ConnectString(text, List.copyOf(pairs)));
    }

    Optional<String> value(String key) {
        return pairs.stream()
                .filter(pair -> pair.key().equals(key))
                .map(Pair::value)
                .reduce((earlier, later) -> later);
    }

    /** The string with another value for a key, at its place, or with the pair at the end where there was none. */
    ConnectString with(String key, String value) {
        String written = quotedIfNeeded(value);
        StringBuilder changed = new StringBuilder();
        int copied = 0;
        for (Pair pair : pairs) {
            if (pair.key().equals(key)) {
                changed.append(text, copied, pair.valueStart()).append(written);
                copied = pair.valueEnd();
            }
        }
        changed.append(text, copied, text.length());
        if (copied == 0) {
            changed.append(text.isEmpty() ? "" : " ").append(key).append('=').append(written);
        }
        return parse(changed.toString()).orElseThrow(() -> new IllegalArgumentException("Not a value: " + value));
    }

    @Override
    public String toString() {
        return text;
    }

    private static @Nullable Pair pairAt(String text, int start) {
        int keyEnd = start;
        while (keyEnd < text.length() && text.charAt(keyEnd) != '=' && text.charAt(keyEnd) != ' ') {
            keyEnd++;
        }
        int equals = skipSpaces(text, keyEnd);
        if (keyEnd == start || equals == text.length() || text.charAt(equals) != '=') {
            return null;
        }
        String key = text.substring(start, keyEnd);
        int valueStart = skipSpaces(text, equals + 1);
        return valueStart < text.length() && text.charAt(valueStart) == '\''
                ? quotedPair(text, key, valueStart)
                : plainPair(text, key, valueStart);
    }

    private static @Nullable Pair plainPair(String text, String key, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != ' ') {
            end++;
        }
        return end == start ? null : new Pair(key, text.substring(start, end), start, end);
    }

    private static @Nullable Pair quotedPair(String text, String key, int start) {
        StringBuilder value = new StringBuilder();
        for (int at = start + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\'') {
                boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == '\'';
                if (!doubled) {
                    return value.isEmpty() ? null : new Pair(key, value.toString(), start, at + 1);
                }
                at++;
            }
            value.append(c);
        }
        return null;
    }

    private static String quotedIfNeeded(String value) {
        return value.isEmpty() || value.indexOf(' ') >= 0 || value.indexOf('\'') >= 0
                ? "'" + value.replace("'", "''") + "'"
                : value;
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
