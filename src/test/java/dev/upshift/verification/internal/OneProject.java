package dev.upshift.verification.internal;

import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** Projects, of which there is one. */
record OneProject(Project project) implements Projects {

    @Override
    public List<Project> all() {
        return List.of(project);
    }

    @Override
    public Optional<Project> bySlug(String slug) {
        return slug.equals(project.slug()) ? Optional.of(project) : Optional.empty();
    }

    @Override
    public Project register(ProjectDraft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Project change(String slug, ProjectDraft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String slug) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Project transition(String slug, Phase next, Side servingSide) {
        throw new UnsupportedOperationException();
    }
}
