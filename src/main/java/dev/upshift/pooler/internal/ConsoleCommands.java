package dev.upshift.pooler.internal;

/** The text of what is told to consoles. */
final class ConsoleCommands {

    static final String RELOAD = "RELOAD";

    private ConsoleCommands() {}

    static String pause(String entry) {
        return "PAUSE " + EntryNames.quoted(entry);
    }

    static String resume(String entry) {
        return "RESUME " + EntryNames.quoted(entry);
    }

    static String set(String setting, String value) {
        return "SET " + setting + " = '" + value.replace("'", "''") + "'";
    }
}
