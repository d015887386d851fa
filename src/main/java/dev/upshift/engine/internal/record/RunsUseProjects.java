package dev.upshift.engine.internal.record;

import dev.upshift.engine.RunStatus;
import dev.upshift.project.ProjectInUse;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A run that is executed uses its project: whoever takes it over must go back, or on, at the same servers and poolers. One
 * that is blocked does not: what blocks it may be a password or an address that has changed.
 */
@Component
public class RunsUseProjects implements ProjectInUse {

    private final RunRecords records;

    public RunsUseProjects(RunRecords records) {
        this.records = records;
    }

    @Override
    public Optional<String> by(long projectId) {
        return records.active(projectId)
                .filter(run -> run.status() != RunStatus.BLOCKED)
                .map(run -> "Run %d (%s) works with these servers and poolers. Wait until it is over, or abort it."
                        .formatted(run.number(), run.procedure().title()));
    }
}
