package dev.upshift.project.internal;

import dev.upshift.identity.CurrentActor;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectChanged;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectInUse;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.project.Projects;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps projects in the metadata database. Servers are tried outside transactions: they may take seconds to answer. */
@Service
class StoredProjects implements Projects {

    /** How often a draft is tried anew because others came in between; each takes as long as the servers answer. */
    private static final int ATTEMPTS = 5;

    private final ProjectRows rows;
    private final ProjectMapping mapping;
    private final TriedConnections connections;
    private final SavingTurn savings;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final CurrentActor actor;
    private final Clock clock;
    private final ObjectProvider<ProjectInUse> uses;

    StoredProjects(
            ProjectRows rows,
            ProjectMapping mapping,
            TriedConnections connections,
            SavingTurn savings,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            CurrentActor actor,
            Clock clock,
            ObjectProvider<ProjectInUse> uses) {
        this.rows = rows;
        this.mapping = mapping;
        this.connections = connections;
        this.savings = savings;
        this.transaction = transaction;
        this.events = events;
        this.actor = actor;
        this.clock = clock;
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
            throw slugTaken(draft.slug());
        }
        return saveAlone(
                draft,
                tried -> save(
                        new ProjectRow(
                                null,
                                tried.slug(),
                                tried.name(),
                                tried.databases(),
                                tried.settings(),
                                mapping.clusters(tried),
                                mapping.poolers(tried),
                                Phase.DRAFT,
                                Side.SOURCE,
                                null,
                                now(),
                                now()),
                        "Registered the project"));
    }

    /**
     * Tries a draft and saves it, if by then no project is there that it was not compared with; else tries it again.
     * Drafts are saved one at a time, over all control planes, so of two that share something the second is refused.
     */
    private Project saveAlone(ProjectDraft draft, Function<ProjectDraft, Project> save) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Project> others = othersThan(draft.slug());
            ProjectDraft tried = connections.tried(draft, others);
            Optional<Project> saved = Objects.requireNonNull(transaction.execute(_ -> {
                savings.awaitTurn();
                return sharedWith(others).containsAll(sharedWith(othersThan(draft.slug())))
                        ? Optional.of(save.apply(tried))
                        : Optional.<Project>empty();
            }));
            if (saved.isPresent()) {
                return saved.get();
            }
        }
        throw new ProjectConflict("project", "Other projects were saved meanwhile, again and again; try again.");
    }

    /** All of a project that another one could share. */
    private static Set<List<Object>> sharedWith(List<Project> others) {
        return others.stream()
                .map(other ->
                        List.<Object>of(other.id(), other.source(), other.target(), other.databases(), other.poolers()))
                .collect(Collectors.toSet());
    }

    @Override
    public Project change(String slug, ProjectDraft draft) {
        ProjectRow row = row(slug);
        Project stored = mapping.toProject(row);
        ProjectDraft filled = KeptPasswords.fill(draft, stored);
        DraftRules.checkChange(filled);
        PhaseRules.checkChange(stored, filled);
        boolean reachesOut = ChangedParts.reachOut(stored, filled);
        if (reachesOut) {
            refuseWhileInUse(stored.id());
            return saveAlone(filled, tried -> change(row, stored, tried, true));
        }
        return change(row, stored, filled, false);
    }

    private Project change(ProjectRow row, Project stored, ProjectDraft tried, boolean reachesOut) {
        ProjectRow changed = new ProjectRow(
                row.id(),
                row.slug(),
                tried.name(),
                tried.databases(),
                tried.settings(),
                mapping.clusters(tried),
                mapping.poolers(tried),
                row.phase(),
                row.servingSide(),
                row.revision(),
                row.createdAt(),
                row.phaseChangedAt());
        return Objects.requireNonNull(transaction.execute(_ -> {
            rows.findLockedBySlug(row.slug()); // whoever begins to work with the project waits for us, or we see him
            if (reachesOut) {
                refuseWhileInUse(stored.id());
            }
            return save(changed, ChangeSentence.of(stored, tried));
        }));
    }

    @Override
    public void remove(String slug) {
        transaction.executeWithoutResult(_ -> {
            ProjectRow row = rows.findLockedBySlug(slug).orElseThrow(() -> new ProjectNotFound(slug));
            PhaseRules.checkRemoval(row.slug(), row.phase());
            refuseWhileInUse(Objects.requireNonNull(row.id()));
            rows.delete(row);
            publish(row, "Removed the project");
        });
    }

    @Override
    public Project transition(String slug, Phase next, Side servingSide) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            ProjectRow row = rows.findLockedBySlug(slug).orElseThrow(() -> new ProjectNotFound(slug));
            if (!row.phase().leadsTo(next)) {
                throw new IllegalStateException(
                        "Project " + slug + " is in phase " + row.phase() + ", which does not lead to " + next);
            }
            ProjectRow saved = rows.save(row.inPhase(next, servingSide, now()));
            publish(saved, "Phase " + row.phase() + " → " + next + ", the " + servingSide.word() + " serves");
            return mapping.toProject(saved);
        }));
    }

    private Project save(ProjectRow row, String what) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> {
                ProjectRow saved = rows.save(row);
                publish(saved, what);
                return mapping.toProject(saved);
            }));
        } catch (OptimisticLockingFailureException e) {
            throw new ProjectConflict("revision", "Somebody else changed the project meanwhile; load it again.");
        } catch (DuplicateKeyException e) {
            throw slugTaken(row.slug());
        }
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

    private void publish(ProjectRow row, String what) {
        events.publishEvent(new ProjectChanged(Objects.requireNonNull(row.id()), row.slug(), what, actor.name()));
    }

    private ProjectRow row(String slug) {
        return rows.findBySlug(slug).orElseThrow(() -> new ProjectNotFound(slug));
    }

    /** As precise as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProjectConflict slugTaken(String slug) {
        return new ProjectConflict("slug", "There is a project " + slug + " already; choose another slug.");
    }
}
