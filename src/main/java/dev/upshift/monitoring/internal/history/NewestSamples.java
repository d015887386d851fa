package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The newest sample of a project: from memory while this node samples it, else from the metadata database, where another
 * control plane, or this one before its restart, has left it. The database is asked once per interval at most.
 */
@Component
public class NewestSamples {

    private final WatchedProjects watches;
    private final Projects projects;
    private final LastSnapshots snapshots;
    private final MonitoringSettings settings;
    private final Clock clock;
    private final Map<String, Fetched> fetched = new ConcurrentHashMap<>();

    NewestSamples(
            WatchedProjects watches,
            Projects projects,
            LastSnapshots snapshots,
            MonitoringSettings settings,
            Clock clock) {
        this.watches = watches;
        this.projects = projects;
        this.snapshots = snapshots;
        this.settings = settings;
        this.clock = clock;
    }

    /** Empty until the project was first sampled. */
    public Optional<ProjectSample> of(String slug) {
        Optional<ProjectSample> own = watches.last(slug);
        Instant fresh = clock.instant().minus(settings.staleAfter());
        if (own.filter(seen -> seen.snapshot().takenAt().isAfter(fresh)).isPresent()) {
            fetched.remove(slug);
            return own;
        }
        Instant mine = own.map(seen -> seen.snapshot().takenAt()).orElse(Instant.EPOCH);
        return others(slug, mine)
                .filter(seen -> seen.snapshot().takenAt().isAfter(mine))
                .or(() -> own);
    }

    private Optional<ProjectSample> others(String slug, Instant mine) {
        Fetched known = fetched.get(slug);
        if (known != null && known.at().plus(settings.interval()).isAfter(clock.instant())) {
            return known.seen();
        }
        return projects.bySlug(slug).map(Project::id).flatMap(id -> {
            Optional<ProjectSample> seen = snapshots.find(id, mine);
            fetched.put(slug, new Fetched(clock.instant(), seen));
            return seen;
        });
    }

    private record Fetched(Instant at, Optional<ProjectSample> seen) {}
}
