package dev.upshift.postgres.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A statement as people read it. */
final class StatementText {

    /** What fits on a screen; a publication of thousands of tables does not. */
    private static final int SHOWN = 2_000;

    /** The driver puts every value into brackets. */
    private static final Pattern BRACKETED = Pattern.compile("(?<=[=(,>]\\s?)\\(('(?:[^']|'')*')(::\\w+)?\\)");

    private StatementText() {}

    /** In its own lines, without comments, values without the driver's brackets. */
    static String tidy(String statement) {
        return BRACKETED
                .matcher(statement
                        .lines()
                        .filter(line -> !line.strip().startsWith("--"))
                        .collect(Collectors.joining("\n"))
                        .stripIndent()
                        .strip())
                .replaceAll("$1");
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
