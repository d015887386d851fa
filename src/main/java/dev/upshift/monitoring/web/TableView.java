package dev.upshift.monitoring.web;

import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A table as the API shows it.
 *
 * @param eta time left at the current pace; null when not known
 */
record TableView(
        String database,
        String schema,
        String table,
        State state,
        long copiedBytes,
        long totalBytes,
        long copiedRows,
        long estimatedRows,
        @Nullable Long bytesPerSecond,
        @Nullable Duration eta,
        @Nullable String lastError) {

    static TableView of(TableProgress progress) {
        return new TableView(
                progress.database(),
                progress.name().schema(),
                progress.name().table(),
                progress.state(),
                progress.copiedBytes(),
                progress.totalBytes(),
                progress.copiedRows(),
                progress.estimatedRows(),
                progress.bytesPerSecond(),
                progress.eta(),
                progress.lastError());
    }
}
