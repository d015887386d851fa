package dev.upshift.project.internal;

import dev.upshift.project.Project;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectDraft;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Saves drafts whose servers were tried, one at a time over all control planes. Trying may take seconds and is done outside transactions. */
@Component
class TriedSaves {

    /** How often a draft is tried anew because others came in between; each takes as long as the servers answer. */
    private static final int ATTEMPTS = 5;

    private final TriedConnections connections;
    private final SavingTurn savings;
    private final TransactionOperations transaction;

    TriedSaves(TriedConnections connections, SavingTurn savings, TransactionOperations transaction) {
        this.connections = connections;
        this.savings = savings;
        this.transaction = transaction;
    }

    /**
     * Tries a draft and saves it, if by then no project is there that it was not compared with; else tries it again. So
     * of two that share something the second is refused.
     *
     * @param others projects that may share nothing with it, as they are when asked
     */
    Project saveAlone(ProjectDraft draft, Supplier<List<Project>> others, Function<ProjectDraft, Project> save) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Project> compared = others.get();
            ProjectDraft tried = connections.tried(draft, compared);
            Optional<Project> saved = Objects.requireNonNull(transaction.execute(_ -> {
                savings.awaitTurn();
                return sharedWith(compared).containsAll(sharedWith(others.get()))
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
}
