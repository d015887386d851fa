package dev.upshift.project.internal;

import dev.upshift.project.Project;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectLock;
import dev.upshift.project.ProjectNotFound;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Locks the project's row. */
@Component
class StoredProjectLock implements ProjectLock {

    private final ProjectRows rows;
    private final TransactionOperations transaction;

    StoredProjectLock(ProjectRows rows, TransactionOperations transaction) {
        this.rows = rows;
        this.transaction = transaction;
    }

    @Override
    public <T> T whileUnchanged(Project read, Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            ProjectRow now = rows.findLockedBySlug(read.slug()).orElseThrow(() -> new ProjectNotFound(read.slug()));
            if (!Integer.valueOf(read.revision()).equals(now.revision())) {
                throw new ProjectConflict("revision", "Somebody changed the project meanwhile; look at it again.");
            }
            return work.get();
        }));
    }
}
