package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.HealthChanged;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.postgres.DatabaseLooks.ConnectedClient;
import dev.upshift.project.Project;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what was seen, and tells of a change of health in the same transaction: once, whichever node saw it. */
@Component
public class Archive {

    /** Tables are many and change little between two samples. */
    private static final Duration TABLES_EVERY = Duration.ofSeconds(10);

    private final LastSnapshots snapshots;
    private final SampleHistory history;
    private final KnownDirectClients directClients;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Map<Long, KeptTables> keptTables = new ConcurrentHashMap<>();

    Archive(
            LastSnapshots snapshots,
            SampleHistory history,
            KnownDirectClients directClients,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        this.snapshots = snapshots;
        this.history = history;
        this.directClients = directClients;
        this.events = events;
        this.transaction = transaction;
    }

    /** Returns whether the health is another one than before. */
    public boolean keep(Project project, ProjectSample seen) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            ReplicationSnapshot snapshot = seen.snapshot();
            Optional<Health> before = snapshots.lockHealth(project.id());
            snapshots.put(project.id(), snapshot);
            history.add(project.id(), snapshot);
            keepTables(project.id(), seen);
            boolean changed =
                    before.filter(health -> health != snapshot.health()).isPresent();
            before.filter(health -> changed)
                    .ifPresent(health -> events.publishEvent(new HealthChanged(
                            project.id(), project.slug(), health, snapshot.health(), snapshot.reasons())));
            return changed;
        }));
    }

    /** Kept samples since then, oldest first. */
    public List<Sample> samples(long project, Instant since) {
        return history.since(project, since);
    }

    /** Keeps whom one look has found on the serving side without a pooler, by database. */
    public void keepDirectClients(Project project, Map<String, Set<ConnectedClient>> sessions) {
        directClients.see(project.id(), project.servingSide(), sessions);
    }

    private void keepTables(long project, ProjectSample seen) {
        KeptTables kept = keptTables.get(project);
        if (kept != null && kept.isRecent(seen.snapshot().takenAt())) {
            return;
        }
        boolean stillThere = kept != null
                && kept.tables().equals(seen.tables())
                && snapshots.confirmTables(project, kept.takenAt(), seen.tablesTakenAt());
        if (!stillThere) {
            snapshots.putTables(project, seen.tables(), seen.tablesTakenAt());
        }
        keptTables.put(project, new KeptTables(seen.snapshot().takenAt(), seen.tables(), kept(seen.tablesTakenAt())));
    }

    /** As the database keeps it. */
    private static Instant kept(Instant takenAt) {
        return takenAt.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * What this node has written last; another may have since, or nobody has kept it.
     *
     * @param at when
     * @param takenAt of when it is, as it was written
     */
    private record KeptTables(Instant at, List<TableProgress> tables, Instant takenAt) {

        boolean isRecent(Instant now) {
            return now.isBefore(at.plus(TABLES_EVERY));
        }
    }
}
