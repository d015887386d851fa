package dev.upshift.monitoring.internal.poll;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.upshift.monitoring.internal.history.Retention;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectChanged;
import dev.upshift.project.Projects;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sees to it that every project that is not over has its poll. A poll ends by itself. */
@Component
class PollSchedule {

    private final Projects projects;
    private final Retention retention;
    private final Watches watches;
    private final ObjectProvider<SchedulerClient> scheduler;
    private final Clock clock;

    PollSchedule(
            Projects projects,
            Retention retention,
            Watches watches,
            ObjectProvider<SchedulerClient> scheduler,
            Clock clock) {
        this.projects = projects;
        this.retention = retention;
        this.watches = watches;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    @ApplicationModuleListener
    void on(ProjectChanged change) {
        projects.bySlug(change.slug()).ifPresentOrElse(this::follow, () -> watches.forget(change.slug()));
    }

    /** Follows what is there and forgets what is not. */
    void catchUp() {
        List<Project> all = projects.all();
        all.forEach(this::follow);
        retention.keepOnly(all.stream().map(Project::id).toList());
    }

    /** On every node, because every node may have connections of its own to projects that others sample now. */
    @Scheduled(fixedDelayString = "PT15S")
    void closeUnusedConnections() {
        watches.closeUnused();
    }

    private void follow(Project project) {
        if (!project.phase().isFinal()) {
            scheduler.ifAvailable(client -> client.scheduleIfNotExists(
                    PollTask.DESCRIPTOR.instance(project.slug()).scheduledTo(clock.instant())));
        }
    }
}
