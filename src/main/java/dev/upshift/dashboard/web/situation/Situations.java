package dev.upshift.dashboard.web.situation;

import dev.upshift.engine.Procedures;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import java.util.List;
import org.springframework.stereotype.Component;

/** Gathers what pages need to know of projects. */
@Component
public class Situations {

    private final Projects projects;
    private final Monitoring monitoring;
    private final Procedures procedures;

    Situations(Projects projects, Monitoring monitoring, Procedures procedures) {
        this.projects = projects;
        this.monitoring = monitoring;
        this.procedures = procedures;
    }

    /** @throws dev.upshift.project.ProjectNotFound if there is none */
    public Situation of(String slug) {
        return of(projects.get(slug));
    }

    public List<Situation> all() {
        return projects.all().stream().map(this::of).toList();
    }

    private Situation of(Project project) {
        return new Situation(
                project,
                monitoring.latest(project.slug()).orElse(null),
                procedures.available(project.slug()),
                procedures.runs(project.slug()));
    }
}
