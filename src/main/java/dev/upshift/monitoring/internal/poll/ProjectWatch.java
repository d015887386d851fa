package dev.upshift.monitoring.internal.poll;

import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.monitoring.internal.history.SlotChain;
import dev.upshift.monitoring.internal.judge.Memory;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.monitoring.internal.probe.Observation;
import dev.upshift.monitoring.internal.probe.ProjectProbe;
import dev.upshift.postgres.DatabaseLooks.ConnectedClient;
import dev.upshift.project.Project;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Watches one project on this node: its connections, what is remembered of its samples, and the last one. */
final class ProjectWatch {

    /**
     * Samples further apart than this many intervals do not tell what was between them: another control plane sampled
     * meanwhile, or none.
     */
    private static final int CONTINUOUS = 5;

    private final long projectId;
    private final ProjectProbe probe;
    private final SlotChain chain;
    private final MonitoringSettings settings;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private Memory memory;
    private volatile @Nullable ProjectSample last;
    private volatile boolean over;

    ProjectWatch(long projectId, ProjectProbe probe, SlotChain chain, MonitoringSettings settings, Clock clock) {
        this.projectId = projectId;
        this.probe = probe;
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
        this.memory = new Memory(settings.retainedLimit());
    }

    long projectId() {
        return projectId;
    }

    /** Samples now. A caller that meets another one waits for it, and then takes a sample of its own. */
    ProjectSample sample(Project project) {
        turn.lock();
        try {
            if (isForgotten(clock.instant())) {
                memory = new Memory(settings.retainedLimit());
            }
            Observation observation = probe.observe(project);
            ProjectSample seen = memory.see(observation, chain.doubts(observation));
            last = seen;
            return seen;
        } finally {
            turn.unlock();
        }
    }

    /** Sessions of the serving side that no pooler holds, by database; empty when that cannot be told now. */
    Optional<Map<String, Set<ConnectedClient>>> directSessions(Project project) {
        turn.lock();
        try {
            return probe.directSessions(project);
        } finally {
            turn.unlock();
        }
    }

    /** What was seen last on this node. */
    Optional<ProjectSample> last() {
        return Optional.ofNullable(last);
    }

    void closeUnusedSince(Instant then) {
        probe.closeUnusedSince(then);
    }

    boolean isOver() {
        return over;
    }

    /** Closes the probe. */
    void end() {
        over = true;
        probe.closeAll();
    }

    private boolean isForgotten(Instant now) {
        ProjectSample before = last;
        Duration memorable = settings.interval().multipliedBy(CONTINUOUS);
        return before != null && before.snapshot().takenAt().plus(memorable).isBefore(now);
    }
}
