package dev.upshift.monitoring.internal.metrics;

import dev.upshift.monitoring.SnapshotTaken;
import dev.upshift.monitoring.internal.history.NewestSamples;
import dev.upshift.monitoring.internal.history.WatchedProjects;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps one set of gauges per project that is watched. */
@Component
class ReplicationMetrics {

    private final MeterRegistry registry;
    private final WatchedProjects watches;
    private final NewestSamples newest;
    private final Clock clock;
    private final Map<String, ProjectMetrics> projects = new ConcurrentHashMap<>();

    ReplicationMetrics(MeterRegistry registry, WatchedProjects watches, NewestSamples newest, Clock clock) {
        this.registry = registry;
        this.watches = watches;
        this.newest = newest;
        this.clock = clock;
    }

    @EventListener
    void on(SnapshotTaken taken) {
        newest.of(taken.slug())
                .ifPresent(seen ->
                        projects.computeIfAbsent(taken.slug(), this::metrics).follow(seen.snapshot()));
        projects.entrySet().removeIf(project -> {
            boolean over = !watches.isWatched(project.getKey());
            if (over) {
                project.getValue().remove();
            }
            return over;
        });
    }

    private ProjectMetrics metrics(String slug) {
        return new ProjectMetrics(
                slug,
                () -> watches.isWatched(slug) ? newest.of(slug).map(ProjectSample::snapshot) : Optional.empty(),
                registry,
                clock);
    }
}
