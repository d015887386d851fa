package dev.upshift.monitoring.internal.poll;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Polls one project, again and again until it is over or gone; the task's instance is the project's slug. */
@Component
class PollTask implements ExecutionHandler<Void> {

    static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("replication-poll");

    private final Projects projects;
    private final Sampler sampler;
    private final Watches watches;
    private final DirectClientWatch directClients;
    private final MonitoringSettings settings;

    PollTask(
            Projects projects,
            Sampler sampler,
            Watches watches,
            DirectClientWatch directClients,
            MonitoringSettings settings) {
        this.projects = projects;
        this.sampler = sampler;
        this.watches = watches;
        this.directClients = directClients;
        this.settings = settings;
    }

    @Override
    public CompletionHandler<Void> execute(TaskInstance<Void> task, ExecutionContext context) {
        Optional<Project> project = projects.bySlug(task.getId());
        if (project.isEmpty()) {
            watches.forget(task.getId());
            return new CompletionHandler.OnCompleteRemove<>();
        }
        if (project.get().phase().isFinal()) {
            sampler.finish(project.get());
            return new CompletionHandler.OnCompleteRemove<>();
        }
        sampler.sample(project.get());
        directClients.lookIfDue(project.get());
        return this::again;
    }

    /** One interval after this poll was due, or at once if that time has passed: neither drift nor a queue. */
    private void again(ExecutionComplete done, ExecutionOperations<Void> operations) {
        Instant next = done.getExecution().getExecutionTime().plus(settings.interval());
        operations.reschedule(done, next.isBefore(done.getTimeDone()) ? done.getTimeDone() : next);
    }
}
