package dev.upshift.postgres.fence;

/** Statements for people, written so that they run as they stand where a fence lets sessions only read by default. */
public final class FencedStatements {

    private FencedStatements() {}

    /**
     * One that need not be in a transaction, or must not: sent one after the other, as {@code psql} does.
     *
     * @param fenced whether there is such a fence
     */
    public static String one(boolean fenced, String statement) {
        return fenced ? "SET default_transaction_read_only = off; " + statement : statement;
    }

    /** A name as it stands in a statement. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** All of these or none; each with its semicolon. */
    public static String together(String statements) {
        return "BEGIN READ WRITE; " + statements + " COMMIT;";
    }
}
