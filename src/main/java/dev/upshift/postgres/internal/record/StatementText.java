package dev.upshift.postgres.internal.record;

import java.util.Locale;
import java.util.stream.Collectors;

/** A statement as people read it. */
final class StatementText {

    /** What fits on a screen; a publication of thousands of tables does not. */
    private static final int SHOWN = 2_000;

    private StatementText() {}

    /** In its own lines, without comments, values without the driver's brackets. */
    static String tidy(String statement) {
        return unbracketed(statement
                .lines()
                .filter(line -> !line.strip().startsWith("--"))
                .collect(Collectors.joining("\n"))
                .stripIndent()
                .strip());
    }

    /**
     * Without the brackets and the type that the driver puts around every value: {@code ('a'::text)}. Character by
     * character, because a statement may hold the names of thousands of things: an expression with alternatives would
     * go one call deeper for each of their characters.
     */
    private static String unbracketed(String text) {
        StringBuilder tidied = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            int end = character == '(' && mayStandBeforeValue(text, at) ? endOfQuoted(text, at + 1, "'") : -1;
            int close = end < 0 ? -1 : afterType(text, end);
            if (close >= 0 && close < text.length() && text.charAt(close) == ')') {
                tidied.append(text, at + 1, end);
                at = close + 1;
                continue;
            }
            int whole = endOfQuoted(text, at, "'\"");
            int next = whole < 0 ? at + 1 : whole;
            tidied.append(text, at, next);
            at = next;
        }
        return tidied.toString();
    }

    /** What is called keeps its brackets: {@code current_setting('is_superuser')}. */
    private static boolean mayStandBeforeValue(String text, int bracket) {
        int before = bracket - 1;
        if (before > 0 && Character.isWhitespace(text.charAt(before))) {
            before--;
        }
        return before >= 0 && "=(,>".indexOf(text.charAt(before)) >= 0;
    }

    /** Behind the text in one of these quotes that begins at {@code from}; negative if none does, or if it has no end. */
    private static int endOfQuoted(String text, int from, String quotes) {
        if (from >= text.length() || quotes.indexOf(text.charAt(from)) < 0) {
            return -1;
        }
        char quote = text.charAt(from);
        int end = text.indexOf(quote, from + 1);
        while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == quote) {
            end = text.indexOf(quote, end + 2);
        }
        return end < 0 ? -1 : end + 1;
    }

    /** Behind {@code ::text}, if that is what begins at {@code from}. */
    private static int afterType(String text, int from) {
        if (!text.startsWith("::", from)) {
            return from;
        }
        int end = from + 2;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /** Cut where it gets too long, at the end of a word of it, and with the number of characters that are missing. */
    static String cut(String statement) {
        if (statement.length() <= SHOWN) {
            return statement;
        }
        int comma = statement.lastIndexOf(", ", SHOWN);
        int end = comma > SHOWN / 2 ? comma + 1 : SHOWN;
        return String.format(
                Locale.ROOT, "%s ⟨and %,d more characters⟩", statement.substring(0, end), statement.length() - end);
    }
}
