package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.shared.Side;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Makes the question that is asked of a database with every sample. */
@Component
class DatabaseQuestions {

    private final DatabaseLooks looks;
    private final WorkerErrors workerErrors;
    private final Fence fence;
    private final Clock clock;

    DatabaseQuestions(DatabaseLooks looks, WorkerErrors workerErrors, Fence fence, Clock clock) {
        this.looks = looks;
        this.workerErrors = workerErrors;
        this.fence = fence;
        this.clock = clock;
    }

    /** @param slug of the project, after which links are named */
    DatabaseQuestion of(String slug, Side side, String database) {
        return new DatabaseQuestion(
                LinkNames.link(slug, database, side.outbound()),
                LinkNames.link(slug, database, side.other().outbound()),
                looks,
                workerErrors,
                fence,
                clock);
    }
}
