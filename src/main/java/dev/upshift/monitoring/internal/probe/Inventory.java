package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final Logger log = LoggerFactory.getLogger(Inventory.class);

    /** How much longer the server rests than it reads: with very many tables, reading them takes seconds. */
    private static final int REST = 30;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final DatabaseLooks looks;
    private final Duration interval;
    private final Clock clock;
    private final Executor background;
    private volatile @Nullable Map<String, List<TableFacts>> contents;
    private @Nullable CompletableFuture<Void> reading;
    private volatile Instant next = Instant.EPOCH;
    private @Nullable Side asked;

    Inventory(
            PostgresSessions sessions,
            Catalog catalog,
            DatabaseLooks looks,
            Duration interval,
            Clock clock,
            Executor background) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.looks = looks;
        this.interval = interval;
        this.clock = clock;
        this.background = background;
    }

    /** Starts reading if it is time to. */
    void refresh(Project project) {
        CompletableFuture<Void> running = reading;
        if ((running == null || running.isDone()) && isDue(project)) {
            Side side = project.servingSide();
            asked = side;
            reading = CompletableFuture.runAsync(() -> read(project, side), background);
        }
    }

    /** The tables as last read, by database; waits for the very first reading only. */
    Map<String, List<TableFacts>> tables(Duration atMost) {
        CompletableFuture<Void> running = reading;
        if (contents == null && running != null) {
            await(running, atMost);
        }
        Map<String, List<TableFacts>> known = contents;
        return known == null ? Map.of() : known;
    }

    private boolean isDue(Project project) {
        return asked != project.servingSide() || !clock.instant().isBefore(next);
    }

    private void read(Project project, Side side) {
        Instant begin = clock.instant();
        try {
            Map<String, List<TableFacts>> tables = new LinkedHashMap<>();
            for (String database : project.databases()) {
                tables.put(database, read(project, side, database));
            }
            contents = Map.copyOf(tables);
            next = clock.instant().plus(rest(Duration.between(begin, clock.instant())));
        } catch (RuntimeException failure) {
            // A side that is away is told with the samples; this is for what only these statements meet.
            log.debug("The tables of project {} could not be read at the {}", project.slug(), side.word(), failure);
            next = clock.instant().plus(AFTER_FAILURE);
        }
    }

    private Duration rest(Duration work) {
        Duration enough = work.multipliedBy(REST);
        return enough.compareTo(interval) > 0 ? enough : interval;
    }

    private List<TableFacts> read(Project project, Side side, String database) {
        try (PostgresSession session =
                sessions.open(project.cluster(side).endpoint(), database, PostgresSessions.SHORT)) {
            Set<TableName> withoutRows = looks.partitioned(session);
            return catalog.sizedTables(session).stream()
                    .filter(table -> !table.unlogged() && !withoutRows.contains(table.name()))
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
}
