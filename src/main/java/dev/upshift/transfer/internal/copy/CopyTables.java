package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.Links.SubscribedTable;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.link.WorkerErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Waits for the initial copy, and tells what keeps it from its end. */
final class CopyTables extends ReplicateStep {

    private final WorkerErrors errors;
    private final FailedCopies failedCopies;
    private final NotedCopies copies;

    CopyTables(ForwardLinks links) {
        super(links, "copy-tables", COPY);
        this.errors = links.ports().servers().workerErrors();
        this.failedCopies = new FailedCopies(errors);
        this.copies = new NotedCopies(links);
    }

    @Override
    public String sentence() {
        return "Wait until every table is copied and follows.";
    }

    @Override
    public StepOutcome perform(RunContext run) {
        int all = 0;
        int ready = 0;
        List<String> reasons = new ArrayList<>();
        for (String database : links.databases()) {
            String name = links.name(database);
            List<SubscribedTable> tables =
                    links.onTarget(database, session -> links.onServers().subscribedTables(session, name));
            if (links.onServers().slot(links.source(database), name).isEmpty()) {
                return StepOutcome.failed("The slot " + name + " is gone from the source; the copy cannot go on.");
            }
            all += tables.size();
            ready += (int) tables.stream().filter(SubscribedTable::isReady).count();
            Optional<SubscriptionState> state =
                    links.onTarget(database, session -> links.onServers().subscription(session, name));
            if (state.isEmpty()) {
                return StepOutcome.failed("The subscription " + name + " has been dropped by somebody else.");
            }
            if (!state.get().enabled()) {
                return StepOutcome.failed(("Replication of %s is stopped on the target, by an error or by somebody. %s"
                                + " Remove the cause, then ALTER SUBSCRIPTION %s ENABLE.")
                        .formatted(
                                database,
                                links.onTarget(
                                        database,
                                        session -> errors.told(session, name).ofApply()),
                                name));
            }
            if (!tables.stream().allMatch(SubscribedTable::isReady)) {
                links.onTarget(database, session -> failedCopies.look(session, database, name))
                        .ifPresent(reasons::add);
            }
        }
        run.stopIfAborted();
        if (all > 0 && ready == all) {
            links.databases().forEach(copies::note);
            return StepOutcome.done("All %d tables are copied and follow.".formatted(all));
        }
        reasons.addFirst("%d of %d tables are ready.".formatted(ready, all));
        return StepOutcome.retry(String.join(" ", reasons), LOOK);
    }
}
