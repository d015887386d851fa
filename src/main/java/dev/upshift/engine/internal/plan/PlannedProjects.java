package dev.upshift.engine.internal.plan;

import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** The projects as they are; a transition is what the run would write down, and nobody else's business. */
record PlannedProjects(Projects real) implements Projects {

    @Override
    public List<Project> all() {
        return real.all();
    }

    @Override
    public Optional<Project> bySlug(String slug) {
        return real.bySlug(slug);
    }

    @Override
    public Project transition(String slug, Phase next, Side servingSide) {
        return real.get(slug);
    }

    @Override
    public Project register(ProjectDraft draft) {
        throw new UnsupportedOperationException("No step registers a project");
    }

    @Override
    public Project change(String slug, ProjectDraft draft) {
        throw new UnsupportedOperationException("No step changes a project");
    }

    @Override
    public void remove(String slug) {
        throw new UnsupportedOperationException("No step removes a project");
    }
}
