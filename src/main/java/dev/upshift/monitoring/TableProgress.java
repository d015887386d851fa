package dev.upshift.monitoring;

import dev.upshift.shared.TableName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is on the way to the subscribing side. Partitions count, partitioned tables do not.
 *
 * @param letter PostgreSQL's {@code srsubstate}; null while the table is not part of a subscription
 * @param copiedBytes from {@code pg_stat_progress_copy} (14 and newer), else 0 until the copy has ended; never more than
 *     {@code totalBytes}
 * @param totalBytes heap and TOAST at the publisher, without indexes, at most a minute old
 * @param copiedRows likewise 0 until the copy has ended where the server does not tell
 * @param estimatedRows {@code reltuples} at the publisher, 0 when it was never analysed
 * @param bytesPerSecond how fast the copy went between the last two samples; null when not copying or not known
 * @param eta time left at that pace; null when not known
 * @param lastError what is wrong and what to do; null when nothing is
 */
public record TableProgress(
        String database,
        TableName name,
        State state,
        @Nullable String letter,
        long copiedBytes,
        long totalBytes,
        long copiedRows,
        long estimatedRows,
        @Nullable Long bytesPerSecond,
        @Nullable Duration eta,
        @Nullable String lastError) {

    /** How much of the table has arrived, 0 to 1. */
    public double fraction() {
        if (state.isCopied()) {
            return 1;
        }
        if (estimatedRows > 0) {
            return Math.min(1, (double) copiedRows / estimatedRows);
        }
        return totalBytes > 0 ? Math.min(1, (double) copiedBytes / totalBytes) : 0;
    }

    /** States as the REST API names them, in the order in which a table goes through them. */
    public enum State {
        /** Not part of a subscription yet. */
        PENDING,
        /** Part of it; the copy has not begun. */
        INITIALIZING,
        COPYING,
        /** Copied; catches up with what was written meanwhile. */
        FINISHED_COPY,
        /** Caught up; the main apply worker takes over. */
        SYNCHRONIZED,
        READY,
        /** Its copy keeps failing, or the subscription was disabled before the table was ready. */
        ERROR;

        /** Whether all rows of the initial copy have arrived. */
        public boolean isCopied() {
            return switch (this) {
                case FINISHED_COPY, SYNCHRONIZED, READY -> true;
                case PENDING, INITIALIZING, COPYING, ERROR -> false;
            };
        }
    }
}
