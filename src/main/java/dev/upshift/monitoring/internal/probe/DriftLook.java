package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the schemas of both sides now and then in the background, in sessions that are closed afterwards. */
final class DriftLook {

    private static final Logger log = LoggerFactory.getLogger(DriftLook.class);

    /** How much longer the servers rest than they work for us. */
    private static final int REST = 10;

    /** A look is over within the interval in which people are promised to hear of it. */
    private static final int SHARE = 4;

    private static final Timeouts PATIENT = new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final PostgresSessions sessions;
    private final SchemaDrift drift;
    private final Duration interval;
    private final Clock clock;
    private final Executor background;
    private volatile Map<String, DriftReading> seen = Map.of();
    private volatile Instant next = Instant.EPOCH;
    private @Nullable CompletableFuture<Void> looking;
    private @Nullable Side leader;

    /** @param interval the longest that a difference stays unseen where schemas are of usual size */
    DriftLook(PostgresSessions sessions, SchemaDrift drift, Duration interval, Clock clock, Executor background) {
        this.sessions = sessions;
        this.drift = drift;
        this.interval = interval.multipliedBy(SHARE - 1).dividedBy(SHARE);
        this.clock = clock;
        this.background = background;
    }

    /** What was seen last by database; empty before the schema is copied. Starts another look if it is time to. */
    Map<String, DriftReading> seen(Project project) {
        if (project.phase() == Phase.DRAFT || project.phase().isFinal()) {
            return Map.of();
        }
        Side side = project.servingSide();
        if (leader != side) {
            leader = side;
            seen = Map.of();
            next = Instant.EPOCH;
        }
        CompletableFuture<Void> running = looking;
        if ((running == null || running.isDone()) && !clock.instant().isBefore(next)) {
            looking = CompletableFuture.runAsync(() -> look(project, side), background);
        }
        return seen;
    }

    private void look(Project project, Side side) {
        Instant begin = clock.instant();
        Map<String, DriftReading> before = seen;
        Map<String, DriftReading> now = new LinkedHashMap<>();
        for (String database : project.databases()) {
            now.put(database, look(project, side, database, before.get(database)));
        }
        seen = Map.copyOf(now);
        Instant end = clock.instant();
        Instant rested = end.plus(Duration.between(begin, end).multipliedBy(REST));
        Instant due = begin.plus(interval);
        next = rested.isAfter(due) ? rested : due;
    }

    private DriftReading look(Project project, Side side, String database, @Nullable DriftReading before) {
        List<Difference> known = before == null ? List.of() : before.differences();
        try (PostgresSession leading = open(project, side, database);
                PostgresSession following = open(project, side.other(), database)) {
            // What a copy holds back is built by the end of “Replicate”, which is when the phase changes.
            return new DriftReading(
                    drift.between(side, leading, following, project.phase() == Phase.SCHEMA_COPIED), null);
        } catch (PostgresUnreachable away) {
            // The samples tell of it.
            return new DriftReading(known, null);
        } catch (RuntimeException failure) {
            log.debug("The schemas of database {} of project {} were not compared", database, project.slug(), failure);
            return new DriftReading(known, String.valueOf(failure.getMessage()));
        }
    }

    private PostgresSession open(Project project, Side side, String database) {
        return sessions.open(project.cluster(side).endpoint(), database, PATIENT);
    }
}
