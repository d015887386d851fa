package dev.upshift.postgres.link;

import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.shared.Side;

/**
 * How a person copies a table of a link anew. An apply worker that goes on meanwhile knows the table as copied: it applies
 * to the new one at once what the copy brings again, so that rows come twice, or the copy fails for ever by their key.
 * Hence the subscription is disabled while the table is exchanged. That ends the worker, but not before it has applied
 * the transaction that it is at, and up to 15 only within a second.
 */
public final class CopyAnew {

    /** Of tables that a comparison has found to differ; the end of a sentence. */
    public static final String THOSE_THAT_DIFFER =
            "copy those that differ anew (dropped and created again on the side that follows while its subscription is"
                    + " disabled and its worker has ended; enabled, then REFRESH PUBLICATION), and verify again";

    private CopyAnew() {}

    /**
     * What is done on the side that follows, with the statements; the end of a sentence.
     *
     * @param from the side that publishes
     * @param link the name of the subscription
     * @param fenced whether the other side is fenced
     */
    public static String of(Side from, String link, boolean fenced) {
        return ("on the %s drop it and create it again as it is on the %s, between %s and ALTER SUBSCRIPTION %s ENABLE, or rows"
                        + " that are written meanwhile come twice; then %s there, and verify")
                .formatted(
                        from.other().word(),
                        from.word(),
                        disable(link, fenced),
                        link,
                        FencedStatements.one(fenced, "ALTER SUBSCRIPTION %s REFRESH PUBLICATION".formatted(link)));
    }

    /** The same while its copy fails for rows that are there already: the server does not let it be dropped then. */
    public static String intoFilled(Side from, String link, boolean fenced) {
        return ("where its rows are there already: on the %s TRUNCATE it between %s and ALTER SUBSCRIPTION %s"
                        + " ENABLE (DELETE FROM it with session_replication_role = replica where foreign keys refer to it); the"
                        + " copy then goes on by itself")
                .formatted(from.other().word(), disable(link, fenced), link);
    }

    private static String disable(String link, boolean fenced) {
        return FencedStatements.one(fenced, "ALTER SUBSCRIPTION %s DISABLE".formatted(link))
                + " (once pg_stat_subscription has no pid of it any more)";
    }
}
