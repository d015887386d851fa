package dev.upshift.postgres.fence;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction that others wait for.
 *
 * @param pid 0 for a prepared transaction
 * @param database where it is; null where our role may not see it
 * @param prepared the name of a prepared transaction as it is written in a statement, in quotes; else null
 * @param since when it began, in the server's words; null where our role may not see it
 * @param age how long ago that was
 */
public record BlockingTransaction(
        int pid,
        @Nullable String user,
        @Nullable String application,
        @Nullable String address,
        @Nullable String database,
        @Nullable String prepared,
        @Nullable String since,
        @Nullable Duration age) {

    /** How {@code pg_stat_activity} calls those of subscriptions, which have no name of an application. */
    private static final String WORKER = "logical replication";

    /** “process 4711 of admin (psql) from 10.0.0.5, in database shop, its transaction open since … (90 s)”. */
    public String words() {
        String place = database == null ? "" : ", in database " + database;
        return prepared == null
                ? "process " + pid + " of " + new Fence.ClientSession(pid, user, application, address).words() + place
                        + opened("its transaction open")
                : "the prepared transaction " + prepared + " of " + user + place + opened("open");
    }

    private String opened(String what) {
        return since == null
                ? ""
                : ", %s since %s%s"
                        .formatted(
                                what,
                                since.replaceFirst("[.]\\d+", ""),
                                age == null ? "" : " (%d s)".formatted(Math.max(0, age.toSeconds())));
    }

    /** The statement that ends it, to be run on that server. */
    public String ending() {
        return prepared == null
                ? "SELECT pg_terminate_backend(%d);".formatted(pid)
                : "ROLLBACK PREPARED " + prepared + ";";
    }

    /** What to do about it, a sentence. Who applies or copies what comes from elsewhere would begin it anew. */
    public String remedy() {
        if (application != null && application.startsWith(WORKER)) {
            return "Wait until it has done what it is at, or disable its subscription.";
        }
        return prepared == null
                ? "Let it COMMIT or ROLLBACK, or end it there: %s".formatted(ending())
                : "End it there%s: COMMIT PREPARED %s; or %s"
                        .formatted(database == null ? "" : ", in database " + database, prepared, ending());
    }
}
