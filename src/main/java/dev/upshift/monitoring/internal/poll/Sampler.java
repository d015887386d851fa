package dev.upshift.monitoring.internal.poll;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.monitoring.SnapshotTaken;
import dev.upshift.monitoring.internal.history.Archive;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.project.Project;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes one sample of a project, keeps it, and rings the bell. The log hears of changes only. */
@Component
class Sampler {

    private static final Logger log = LoggerFactory.getLogger(Sampler.class);

    private final Watches watches;
    private final Archive archive;
    private final ApplicationEventPublisher events;

    Sampler(Watches watches, Archive archive, ApplicationEventPublisher events) {
        this.watches = watches;
        this.archive = archive;
        this.events = events;
    }

    ReplicationSnapshot sample(Project project) {
        ProjectWatch watch = watches.of(project);
        Optional<ProjectSample> before = watch.last();
        ProjectSample seen = watch.sample(project);
        log(before.map(ProjectSample::snapshot), seen.snapshot());
        boolean changed = false;
        try {
            changed = archive.keep(project, seen);
        } finally {
            events.publishEvent(new SnapshotTaken(project.slug(), changed));
        }
        return seen.snapshot();
    }

    /** The last sample of a project that is over: it shows that nothing replicates any more. */
    void finish(Project project) {
        sample(project);
        watches.rest(project.slug());
    }

    private static void log(Optional<ReplicationSnapshot> before, ReplicationSnapshot now) {
        Set<String> silentBefore = before.map(Sampler::silent).orElse(Set.of());
        Set<String> silentNow = silent(now);
        if (!silentBefore.containsAll(silentNow)) {
            log.warn("Project {}: {}", now.slug(), String.join(" ", now.unreachable()));
        } else if (silentNow.isEmpty() && !silentBefore.isEmpty()) {
            log.info("Project {}: both sides and every pooler answer again", now.slug());
        }
        Health healthBefore = before.map(ReplicationSnapshot::health).orElse(Health.IDLE);
        if (healthBefore != now.health()) {
            log.info(
                    "Project {} is {} now, was {}: {}",
                    now.slug(),
                    now.health(),
                    healthBefore,
                    now.reasons().isEmpty() ? "replication is as it should be" : String.join(" ", now.reasons()));
        }
    }

    /** Who does not answer, whatever the reason is this time. */
    private static Set<String> silent(ReplicationSnapshot snapshot) {
        return Stream.concat(
                        snapshot.sides().stream()
                                .filter(side -> !side.reachable())
                                .map(side -> side.side().word()),
                        snapshot.poolers().stream()
                                .filter(pooler -> pooler.state() == PoolerState.UNREACHABLE)
                                .map(PoolerSample::name))
                .collect(Collectors.toSet());
    }
}
