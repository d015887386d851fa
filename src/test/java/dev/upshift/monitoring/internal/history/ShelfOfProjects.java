package dev.upshift.monitoring.internal.history;

import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Projects that a test puts there, changes and takes away. */
public final class ShelfOfProjects implements Projects {

    private final Map<String, Project> projects = new ConcurrentSkipListMap<>();

    public void put(Project project) {
        projects.put(project.slug(), project);
    }

    @Override
    public List<Project> all() {
        return List.copyOf(projects.values());
    }

    @Override
    public Optional<Project> bySlug(String slug) {
        return Optional.ofNullable(projects.get(slug));
    }

    @Override
    public void remove(String slug) {
        projects.remove(slug);
    }

    @Override
    public Project register(ProjectDraft draft) {
        throw new UnsupportedOperationException("Monitoring registers nothing");
    }

    @Override
    public Project change(String slug, ProjectDraft draft) {
        throw new UnsupportedOperationException("Monitoring changes nothing");
    }

    @Override
    public Project transition(String slug, Phase next, Side servingSide) {
        throw new UnsupportedOperationException("Monitoring changes nothing");
    }
}
