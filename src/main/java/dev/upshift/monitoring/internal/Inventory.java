package dev.upshift.monitoring.internal;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Catalog.TableFacts;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names and sizes of a project's tables at the serving side, read again now and then in the background.
 *
 * <p>Sizes cost the server a file access per table, and the session that asks a cache entry per table: hence not with
 * every sample, and in a session that is closed afterwards.
 */
final class Inventory {

    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final Duration interval;
    private final Clock clock;
    private final Executor background;
    private volatile @Nullable Contents contents;
    private @Nullable CompletableFuture<Void> reading;
    private Instant lastTry = Instant.EPOCH;

    Inventory(PostgresSessions sessions, Catalog catalog, Duration interval, Clock clock, Executor background) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.interval = interval;
        this.clock = clock;
        this.background = background;
    }

    /** Starts reading if it is time to. */
    void refresh(Project project) {
        CompletableFuture<Void> running = reading;
        if ((running == null || running.isDone()) && isDue(project)) {
            lastTry = clock.instant();
            reading = CompletableFuture.runAsync(() -> read(project), background);
        }
    }

    /** The tables as last read, by database; waits for the very first reading only. */
    Map<String, List<TableFacts>> tables(Duration atMost) {
        CompletableFuture<Void> running = reading;
        if (contents == null && running != null) {
            await(running, atMost);
        }
        Contents known = contents;
        return known == null ? Map.of() : known.tables();
    }

    private boolean isDue(Project project) {
        Contents known = contents;
        boolean otherSide = known != null && known.side() != project.servingSide();
        return otherSide || !clock.instant().isBefore(lastTry.plus(interval));
    }

    private void read(Project project) {
        Side side = project.servingSide();
        Map<String, List<TableFacts>> tables = new LinkedHashMap<>();
        try {
            for (String database : project.databases()) {
                tables.put(database, read(project, side, database));
            }
            contents = new Contents(side, Map.copyOf(tables));
        } catch (RuntimeException failure) {
            // A side that is away is told with the samples; this is for what only this statement meets.
            LOG.debug("The tables of project {} could not be read at the {}", project.slug(), side.word(), failure);
        }
    }

    private List<TableFacts> read(Project project, Side side, String database) {
        try (PostgresSession session =
                sessions.open(project.cluster(side).endpoint(), database, PostgresSessions.SHORT)) {
            return catalog.tables(session).stream()
                    .filter(table -> table.kind() != TableFacts.Kind.PARTITIONED && !table.unlogged())
                    .toList();
        }
    }

    private static void await(CompletableFuture<Void> running, Duration atMost) {
        try {
            running.get(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException later) {
            // The next sample will have it.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private record Contents(Side side, Map<String, List<TableFacts>> tables) {}
}
