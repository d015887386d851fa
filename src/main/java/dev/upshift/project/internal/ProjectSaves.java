package dev.upshift.project.internal;

import dev.upshift.identity.CurrentActor;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectChanged;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Writes rows of projects, and in the same transaction tells what changed and who did it. */
@Component
class ProjectSaves {

    private final ProjectRows rows;
    private final ProjectMapping mapping;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final CurrentActor actor;
    private final Clock clock;

    ProjectSaves(
            ProjectRows rows,
            ProjectMapping mapping,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            CurrentActor actor,
            Clock clock) {
        this.rows = rows;
        this.mapping = mapping;
        this.transaction = transaction;
        this.events = events;
        this.actor = actor;
        this.clock = clock;
    }

    Project insert(ProjectDraft draft) {
        Instant now = now();
        return save(
                new ProjectRow(
                        null,
                        draft.slug(),
                        draft.name(),
                        draft.databases(),
                        draft.settings(),
                        mapping.clusters(draft),
                        mapping.poolers(draft),
                        Phase.DRAFT,
                        Side.SOURCE,
                        null,
                        now,
                        now),
                "Registered the project");
    }

    /** @param row as it was read; refused if somebody else has changed it since */
    Project update(ProjectRow row, ProjectDraft draft, String what) {
        return save(
                new ProjectRow(
                        row.id(),
                        row.slug(),
                        draft.name(),
                        draft.databases(),
                        draft.settings(),
                        mapping.clusters(draft),
                        mapping.poolers(draft),
                        row.phase(),
                        row.servingSide(),
                        row.revision(),
                        row.createdAt(),
                        row.phaseChangedAt()),
                what);
    }

    Project move(ProjectRow row, Phase next, Side servingSide) {
        return save(
                row.inPhase(next, servingSide, now()),
                "Phase " + row.phase() + " → " + next + ", the " + servingSide.word() + " serves");
    }

    void delete(ProjectRow row) {
        transaction.executeWithoutResult(_ -> {
            rows.delete(row);
            publish(row, "Removed the project");
        });
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

    private void publish(ProjectRow row, String what) {
        events.publishEvent(new ProjectChanged(Objects.requireNonNull(row.id()), row.slug(), what, actor.name()));
    }

    /** As precise as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static ProjectConflict slugTaken(String slug) {
        return new ProjectConflict("slug", "There is a project " + slug + " already; choose another slug.");
    }
}
