package dev.upshift.monitoring.internal.poll;

import dev.upshift.monitoring.internal.history.Archive;
import dev.upshift.project.Project;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Looks for clients without a pooler, now and then: jobs that come once a night stay for longer than a look's interval. */
@Component
class DirectClientWatch {

    /** Short enough for sessions of a few seconds, and of no weight beside the samples in between. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Watches watches;
    private final Archive archive;
    private final Clock clock;
    private final Map<Long, Instant> looked = new ConcurrentHashMap<>();

    DirectClientWatch(Watches watches, Archive archive, Clock clock) {
        this.watches = watches;
        this.archive = archive;
        this.clock = clock;
    }

    /** Looks if the last look of this control plane is long enough ago. */
    void lookIfDue(Project project) {
        Instant now = clock.instant();
        Instant before = looked.get(project.id());
        if (before == null || !now.isBefore(before.plus(EVERY))) {
            looked.put(project.id(), now);
            look(project);
        }
    }

    /** Looks now; where somebody does not answer, the samples tell of it. */
    void look(Project project) {
        watches.of(project).directSessions(project).ifPresent(sessions -> archive.keepDirectClients(project, sessions));
    }
}
