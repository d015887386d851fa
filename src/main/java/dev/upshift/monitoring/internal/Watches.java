package dev.upshift.monitoring.internal;

import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.Fence;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.SchemaDrift;
import dev.upshift.postgres.WorkerErrors;
import dev.upshift.project.Project;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The projects that this node watches, or has watched. */
@Component
class Watches implements DisposableBean {

    private static final Duration UNUSED = Duration.ofMinutes(1);

    private final PostgresSessions sessions;
    private final PoolerConsoles consoles;
    private final Fence fence;
    private final Catalog catalog;
    private final SlotChain chain;
    private final SchemaDrift drift;
    private final WorkerErrors workerErrors;
    private final MonitoringSettings settings;
    private final Clock clock;
    private final Together together = new Together();
    private final Executor background =
            task -> Thread.ofVirtual().name("inventory").start(task);
    private final Map<String, ProjectWatch> watches = new ConcurrentHashMap<>();

    Watches(
            PostgresSessions sessions,
            PoolerConsoles consoles,
            Fence fence,
            Catalog catalog,
            SlotChain chain,
            SchemaDrift drift,
            WorkerErrors workerErrors,
            MonitoringSettings settings,
            Clock clock) {
        this.sessions = sessions;
        this.consoles = consoles;
        this.fence = fence;
        this.catalog = catalog;
        this.chain = chain;
        this.drift = drift;
        this.workerErrors = workerErrors;
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

    /** What this node has seen last of the project. */
    Optional<ProjectSample> last(String slug) {
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

    /** Whether the project is sampled, here or elsewhere, as far as this node knows. */
    boolean isWatched(String slug) {
        return find(slug).filter(watch -> !watch.isOver()).isPresent();
    }

    /** Closes connections that nothing was asked over for a minute. */
    void closeUnused() {
        watches.values().forEach(watch -> watch.closeUnusedSince(clock.instant().minus(UNUSED)));
    }

    @Override
    public void destroy() {
        watches.values().forEach(ProjectWatch::end);
        together.close();
    }

    private ProjectWatch begin(Project project) {
        Connections connections = new Connections(sessions, consoles, workerErrors, fence, settings.patience(), clock);
        Inventory inventory = new Inventory(sessions, catalog, settings.inventoryInterval(), clock, background);
        DriftLook driftLook = new DriftLook(sessions, drift, settings.inventoryInterval(), clock, background);
        return new ProjectWatch(
                project.id(),
                connections,
                new Probe(connections, inventory, driftLook, together, settings.patience(), clock),
                chain,
                new DirectLook(connections, together, settings.patience()),
                new Judge(settings.retainedLimit()),
                settings.interval(),
                clock);
    }
}
