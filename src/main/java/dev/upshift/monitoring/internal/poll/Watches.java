package dev.upshift.monitoring.internal.poll;

import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.monitoring.internal.history.SlotChain;
import dev.upshift.monitoring.internal.history.WatchedProjects;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.monitoring.internal.probe.Probes;
import dev.upshift.project.Project;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The projects that this node watches, or has watched. */
@Component
class Watches implements WatchedProjects, DisposableBean {

    private static final Duration UNUSED = Duration.ofMinutes(1);

    private final Probes probes;
    private final SlotChain chain;
    private final MonitoringSettings settings;
    private final Clock clock;
    private final Map<String, ProjectWatch> watches = new ConcurrentHashMap<>();

    Watches(Probes probes, SlotChain chain, MonitoringSettings settings, Clock clock) {
        this.probes = probes;
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
    }

    ProjectWatch of(Project project) {
        return watches.compute(project.slug(), (slug, known) -> {
            if (known != null && known.projectId() == project.id()) {
                return known;
            }
            if (known != null) {
                known.end();
            }
            return begin(project);
        });
    }

    Optional<ProjectWatch> find(String slug) {
        return Optional.ofNullable(watches.get(slug));
    }

    @Override
    public Optional<ProjectSample> last(String slug) {
        return find(slug).flatMap(ProjectWatch::last);
    }

    /** Closes the project's connections; what was seen last stays known. */
    void rest(String slug) {
        find(slug).ifPresent(ProjectWatch::end);
    }

    void forget(String slug) {
        ProjectWatch watch = watches.remove(slug);
        if (watch != null) {
            watch.end();
        }
    }

    @Override
    public boolean isWatched(String slug) {
        return find(slug).filter(watch -> !watch.isOver()).isPresent();
    }

    /** Closes connections that nothing was asked over for a minute. */
    void closeUnused() {
        watches.values().forEach(watch -> watch.closeUnusedSince(clock.instant().minus(UNUSED)));
    }

    @Override
    public void destroy() {
        watches.values().forEach(ProjectWatch::end);
    }

    private ProjectWatch begin(Project project) {
        return new ProjectWatch(project.id(), probes.begin(), chain, settings, clock);
    }
}
