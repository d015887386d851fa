package dev.upshift.pooler.internal.console;

/** How an entry's name is written in a console command. */
final class EntryNames {

    private EntryNames() {}

    /**
     * The name between double quotes, those within it doubled. The console takes the letters as they are, quoted or
     * not; quotes are needed for anything but letters, digits and underscores (PgBouncer, {@code src/admin.c}).
     */
    static String quoted(String entry) {
        return '"' + entry.replace("\"", "\"\"") + '"';
    }
}
