package dev.upshift.postgres.fence;

import org.jspecify.annotations.Nullable;

/**
 * Somebody whose open transaction keeps others from changing what is set for a database.
 *
 * @param pid 0 for a prepared transaction
 * @param since when his transaction began, in the server's words; null where our role may not see it
 * @param endable whether our role may end his session
 */
public record SettingsHolder(
        int pid,
        @Nullable String user,
        @Nullable String application,
        @Nullable String address,
        @Nullable String database,
        @Nullable String since,
        boolean endable) {

    /** “process 4711 of admin (psql) from 10.0.0.5, in database postgres, its transaction open since …”. */
    public String words() {
        if (isPrepared()) {
            return "a prepared transaction (pg_prepared_xacts)";
        }
        return "process " + pid + " of " + new Fence.ClientSession(pid, user, application, address).words()
                + (database == null ? "" : ", in database " + database)
                + (since == null ? "" : ", its transaction open since " + since.replaceFirst("[.]\\d+", ""));
    }

    /** Nobody's session, so that there is none to end. */
    public boolean isPrepared() {
        return pid == 0;
    }
}
