package dev.upshift.monitoring.internal;

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
    private final Connections connections;
    private final Probe probe;
    private final SlotChain chain;
    private final DirectLook directLook;
    private final Judge judge;
    private final Duration memorable;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private Memory memory;
    private volatile @Nullable ProjectSample last;
    private volatile boolean over;

    ProjectWatch(
            long projectId,
            Connections connections,
            Probe probe,
            SlotChain chain,
            DirectLook directLook,
            Judge judge,
            Duration interval,
            Clock clock) {
        this.projectId = projectId;
        this.connections = connections;
        this.probe = probe;
        this.chain = chain;
        this.directLook = directLook;
        this.judge = judge;
        this.memorable = interval.multipliedBy(CONTINUOUS);
        this.clock = clock;
        this.memory = new Memory(judge);
    }

    long projectId() {
        return projectId;
    }

    /** Samples now. A caller that meets another one waits for it, and then takes a sample of its own. */
    ProjectSample sample(Project project) {
        turn.lock();
        try {
            if (isForgotten(clock.instant())) {
                memory = new Memory(judge);
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
    Optional<Map<String, Set<ClientSession>>> directSessions(Project project) {
        turn.lock();
        try {
            return directLook.sessions(project);
        } finally {
            turn.unlock();
        }
    }

    /** What was seen last on this node. */
    Optional<ProjectSample> last() {
        return Optional.ofNullable(last);
    }

    void closeUnusedSince(Instant then) {
        connections.closeUnusedSince(then);
    }

    boolean isOver() {
        return over;
    }

    /** Closes the connections. */
    void end() {
        over = true;
        connections.closeAll();
    }

    private boolean isForgotten(Instant now) {
        ProjectSample before = last;
        return before != null && before.snapshot().takenAt().plus(memorable).isBefore(now);
    }
}
