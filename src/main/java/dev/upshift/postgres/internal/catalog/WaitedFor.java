package dev.upshift.postgres.internal.catalog;

import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.postgres.fence.MissingStandbys;
import dev.upshift.postgres.fence.TableLocks;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others would wait for, read from what a server answers. */
public final class WaitedFor {

    private static final String WRITING = SqlResource.read(WaitedFor.class, "writing-transactions.sql");

    private WaitedFor() {}

    /** Those of the whole server that have written, oldest first; without our session's own. */
    public static List<BlockingTransaction> writing(PostgresSession session) {
        return session.jdbc()
                .sql(WRITING)
                .query((row, number) -> transaction(row))
                .list();
    }

    /** Whoever the row says has locks on tables. */
    public static TableLocks locks(ResultSet row) throws SQLException {
        return new TableLocks(
                transaction(row),
                row.getString("mode"),
                row.getBoolean("held"),
                texts(row, "tables"),
                row.getInt("table_count"),
                row.getInt("others"));
    }

    /** The standbys that the row says are wanted and away; null where none is wanted. */
    public static @Nullable MissingStandbys standbys(ResultSet row) throws SQLException {
        String wanted = row.getString("standby_names");
        return wanted == null
                ? null
                : new MissingStandbys(
                        wanted,
                        row.getInt("standbys_missing"),
                        texts(row, "waiting_roles"),
                        row.getBoolean("standbys_hidden"));
    }

    /** An array of texts. */
    public static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static BlockingTransaction transaction(ResultSet row) throws SQLException {
        BigDecimal seconds = row.getBigDecimal("seconds");
        return new BlockingTransaction(
                row.getInt("pid"),
                row.getString("user"),
                row.getString("application"),
                row.getString("address"),
                row.getString("database"),
                row.getString("prepared"),
                row.getString("since"),
                seconds == null
                        ? null
                        : Duration.ofMillis(seconds.movePointRight(3).longValue()));
    }
}
