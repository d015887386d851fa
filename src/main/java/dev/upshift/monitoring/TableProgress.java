package dev.upshift.monitoring;

import dev.upshift.shared.TableName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one table is on the way to the subscribing side.
 *
 * @param letter PostgreSQL's {@code srsubstate}; null while there is no subscription
 * @param copiedBytes from {@code pg_stat_progress_copy} (14 and newer), else 0 until the copy has ended
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
        @Nullable Duration eta,
        @Nullable String lastError) {

    /** States as the REST API names them. */
    public enum State {
        PENDING,
        INITIALIZING,
        COPYING,
        FINISHED_COPY,
        SYNCHRONIZED,
        READY,
        ERROR
    }
}
