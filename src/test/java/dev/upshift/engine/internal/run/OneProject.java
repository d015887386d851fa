package dev.upshift.engine.internal.run;

import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectLock;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The only project there is; can change or vanish while somebody works with it. */
final class OneProject implements Projects, ProjectLock {

    private @Nullable Project project;
    private @Nullable Project afterNextLook;

    OneProject(Project project) {
        this.project = project;
    }

    void becomes(@Nullable Project changed) {
        project = changed;
    }

    void becomesAfterNextLook(Project changed) {
        afterNextLook = changed;
    }

    @Override
    public Optional<Project> bySlug(String slug) {
        Optional<Project> found =
                Optional.ofNullable(project).filter(one -> one.slug().equals(slug));
        if (afterNextLook != null) {
            project = afterNextLook;
            afterNextLook = null;
        }
        return found;
    }

    @Override
    public <T> T whileUnchanged(Project read, Supplier<T> work) {
        if (!read.equals(project)) {
            throw new ProjectConflict("revision", "Somebody changed it.");
        }
        return work.get();
    }

    @Override
    public List<Project> all() {
        return Optional.ofNullable(project).stream().toList();
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
