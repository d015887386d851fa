package dev.upshift.pooler.internal.console;

/** The text of what is told to consoles. */
public final class ConsoleCommands {

    /** Reads the configuration files again. */
    public static final String RELOAD = "RELOAD";

    private ConsoleCommands() {}

    /** Waits until no server connection of the entry is in use, and opens none from then on. */
    public static String pause(String entry) {
        return "PAUSE " + EntryNames.quoted(entry);
    }

    /** Takes a pause back. */
    public static String resume(String entry) {
        return "RESUME " + EntryNames.quoted(entry);
    }

    /** Changes a setting until the pooler is started again or the files are read. */
    public static String set(String setting, String value) {
        return "SET " + setting + " = '" + value.replace("'", "''") + "'";
    }
}
