package dev.upshift.project.internal;

import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectInUse;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps projects in the metadata database. */
@Service
class StoredProjects implements Projects {

    private final ProjectRows rows;
    private final ProjectMapping mapping;
    private final ProjectSaves saves;
    private final TriedSaves triedSaves;
    private final TransactionOperations transaction;
    private final ObjectProvider<ProjectInUse> uses;

    StoredProjects(
            ProjectRows rows,
            ProjectMapping mapping,
            ProjectSaves saves,
            TriedSaves triedSaves,
            TransactionOperations transaction,
            ObjectProvider<ProjectInUse> uses) {
        this.rows = rows;
        this.mapping = mapping;
        this.saves = saves;
        this.triedSaves = triedSaves;
        this.transaction = transaction;
        this.uses = uses;
    }

    @Override
    public List<Project> all() {
        return rows.findAllByOrderByNameAscSlugAsc().stream()
                .map(mapping::toProject)
                .toList();
    }

    @Override
    public Optional<Project> bySlug(String slug) {
        return rows.findBySlug(slug).map(mapping::toProject);
    }

    @Override
    public Project register(ProjectDraft draft) {
        DraftRules.check(draft);
        if (rows.existsBySlug(draft.slug())) {
            throw ProjectSaves.slugTaken(draft.slug());
        }
        return triedSaves.saveAlone(draft, () -> othersThan(draft.slug()), saves::insert);
    }

    @Override
    public Project change(String slug, ProjectDraft draft) {
        ProjectRow row = rows.findBySlug(slug).orElseThrow(() -> new ProjectNotFound(slug));
        Project stored = mapping.toProject(row);
        ProjectDraft filled = KeptPasswords.fill(draft, stored);
        DraftRules.checkChange(filled);
        PhaseRules.checkChange(stored, filled);
        if (ChangedParts.reachOut(stored, filled)) {
            refuseWhileInUse(stored.id());
            return triedSaves.saveAlone(
                    filled, () -> othersThan(filled.slug()), tried -> change(row, stored, tried, true));
        }
        return change(row, stored, filled, false);
    }

    private Project change(ProjectRow row, Project stored, ProjectDraft tried, boolean reachesOut) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            rows.findLockedBySlug(row.slug()); // whoever begins to work with the project waits for us, or we see him
            if (reachesOut) {
                refuseWhileInUse(stored.id());
            }
            return saves.update(row, tried, ChangeSentence.of(stored, tried));
        }));
    }

    @Override
    public void remove(String slug) {
        transaction.executeWithoutResult(_ -> {
            ProjectRow row = locked(slug);
            PhaseRules.checkRemoval(row.slug(), row.phase());
            refuseWhileInUse(Objects.requireNonNull(row.id()));
            saves.delete(row);
        });
    }

    @Override
    public Project transition(String slug, Phase next, Side servingSide) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            ProjectRow row = locked(slug);
            if (!row.phase().leadsTo(next)) {
                throw new IllegalStateException(
                        "Project " + slug + " is in phase " + row.phase() + ", which does not lead to " + next);
            }
            return saves.move(row, next, servingSide);
        }));
    }

    private ProjectRow locked(String slug) {
        return rows.findLockedBySlug(slug).orElseThrow(() -> new ProjectNotFound(slug));
    }

    /** Those that are not over. */
    private List<Project> othersThan(String slug) {
        return all().stream()
                .filter(project ->
                        !project.slug().equals(slug) && !project.phase().isFinal())
                .toList();
    }

    private void refuseWhileInUse(long project) {
        uses.orderedStream()
                .flatMap(use -> use.by(project).stream())
                .findFirst()
                .ifPresent(what -> {
                    throw new ProjectConflict("run", what);
                });
    }
}
