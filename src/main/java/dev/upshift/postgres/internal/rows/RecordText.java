package dev.upshift.postgres.internal.rows;

/** The text form of a record of one column, {@code (value)} or {@code ("va""lue")}, in which a server writes a key. */
final class RecordText {

    private RecordText() {}

    /** The value's own text. */
    static String value(String written) {
        String inner = written.substring(1, written.length() - 1);
        if (!inner.startsWith("\"")) {
            return inner;
        }
        // Within quotes, a quote and a backslash are written twice.
        StringBuilder value = new StringBuilder(inner.length());
        for (int i = 1; i < inner.length() - 1; i++) {
            char next = inner.charAt(i);
            value.append(next);
            if (next == '"' || next == '\\') {
                i++;
            }
        }
        return value.toString();
    }
}
