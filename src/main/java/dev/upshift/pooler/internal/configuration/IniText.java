package dev.upshift.pooler.internal.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the text of a PgBouncer configuration as PgBouncer does (libusual, {@code cfparser.c}), remembering where
 * everything stands.
 *
 * <p>What may surprise: comments are whole lines only; a value reaches to the end of its line; a key is
 * {@code [A-Za-z0-9_.*-]+} or, from 1.25 on, anything between single quotes; after {@code ]} the same line may go on;
 * a section continues into an included file and out of it again, so a file may have entries without naming a section.
 */
final class IniText {

    private static final String DATABASES = "databases";
    private static final String INCLUDE = "%include";

    private final String text;
    private final List<IniLine> lines = new ArrayList<>();
    private int position;
    private String section = DATABASES;
    private boolean sectionNamed;

    private IniText(String text) {
        this.text = text;
    }

    /**
     * The lines that mean something. Those before the first section count as {@code [databases]}: a main file cannot
     * have any there, and an included one that has some and is named as the place of the entries continues just that.
     */
    static List<IniLine> linesOf(String text) {
        IniText ini = new IniText(text);
        while (ini.skipSpace()) {
            ini.readLine();
        }
        return ini.lines;
    }

    private void readLine() {
        if (isInclude()) {
            int from = position;
            lines.add(new IniLine.Include(
                    text.substring(from + INCLUDE.length(), endOfValue()).strip(), lineNumber(from)));
            position = endOfLine();
        } else if (at('#') || at(';')) {
            position = endOfLine();
        } else if (at('[')) {
            readSection();
        } else {
            readSetting();
        }
    }

    private void readSection() {
        int end = position;
        while (end < text.length() && text.charAt(end) != ']' && text.charAt(end) != '\n') {
            end++;
        }
        if (end == text.length() || text.charAt(end) != ']') {
            unreadable();
            return;
        }
        section = text.substring(position + 1, end);
        sectionNamed = true;
        position = end + 1;
    }

    private void readSetting() {
        int start = position;
        int keyEnd;
        String key;
        if (at('\'')) {
            int close = text.indexOf('\'', start + 1);
            if (close <= start + 1) {
                unreadable();
                return;
            }
            key = text.substring(start + 1, close);
            keyEnd = close + 1;
        } else {
            keyEnd = start;
            while (keyEnd < text.length() && isPlain(text.charAt(keyEnd))) {
                keyEnd++;
            }
            key = text.substring(start, keyEnd);
        }
        int equals = skipBlanks(keyEnd);
        if (equals == text.length() || text.charAt(equals) != '=') {
            unreadable();
            return;
        }
        position = skipBlanks(equals + 1);
        int valueStart = position;
        String value = text.substring(valueStart, Math.max(valueStart, endOfValue()));
        if (section.equals(DATABASES)) {
            addEntry(key, start, valueStart, value);
        }
        position = endOfLine();
    }

    /** Where no section was named, a value that is no connection string is some other setting. */
    private void addEntry(String name, int keyStart, int valueStart, String value) {
        int line = lineNumber(keyStart);
        ConnectString.parse(value)
                .map(target -> (IniLine) new IniLine.Entry(name, keyStart, valueStart, target, line))
                .or(() -> sectionNamed ? Optional.of(new IniLine.Unreadable(line)) : Optional.empty())
                .ifPresent(lines::add);
    }

    private void unreadable() {
        lines.add(new IniLine.Unreadable(lineNumber(position)));
        position = endOfLine();
    }

    private boolean isInclude() {
        int after = position + INCLUDE.length();
        return text.startsWith(INCLUDE, position) && after < text.length() && isBlank(text.charAt(after));
    }

    private boolean skipSpace() {
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
        return position < text.length();
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int endOfLine() {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end;
    }

    private int endOfValue() {
        int end = endOfLine();
        while (end > position && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private boolean at(char character) {
        return text.charAt(position) == character;
    }

    private int lineNumber(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** The key as it is written: in single quotes only where it must be, because versions before 1.25 know none. */
    static String key(String name) {
        return name.chars().allMatch(c -> isPlain((char) c)) ? name : "'" + name + "'";
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.-*".indexOf(c) >= 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
