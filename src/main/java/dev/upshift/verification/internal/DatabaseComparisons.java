package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Waiting;
import org.springframework.stereotype.Component;

/** Makes comparisons of databases. */
@Component
class DatabaseComparisons {

    private final PostgresSessions sessions;
    private final VerificationSettings settings;
    private final ComparedRows rows;
    private final Waiting waiting;

    DatabaseComparisons(PostgresSessions sessions, VerificationSettings settings, ComparedRows rows, Waiting waiting) {
        this.sessions = sessions;
        this.settings = settings;
        this.rows = rows;
        this.waiting = waiting;
    }

    DatabaseComparison of(Project project, String database) {
        return new DatabaseComparison(sessions, project, database, settings, rows, waiting);
    }
}
