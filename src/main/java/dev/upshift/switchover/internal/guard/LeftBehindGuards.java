package dev.upshift.switchover.internal.guard;

import dev.upshift.check.ForgottenEntries;
import dev.upshift.check.ForgottenEntries.Asked;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Looks for clients that a switch would leave behind: by an entry that nobody maps, at a process that nobody pauses. */
@Component
final class LeftBehindGuards {

    private final ForgottenEntries entries;
    private final PoolerProcesses processes;

    LeftBehindGuards(ForgottenEntries entries, PoolerProcesses processes) {
        this.entries = entries;
        this.processes = processes;
    }

    void look(GuardBook book, Switch sw) {
        book.look(
                "pooler-forgotten",
                "No other entry of the poolers leads to the %s."
                        .formatted(sw.from().word()),
                () -> forgotten(sw));
        book.look(
                "pooler-processes",
                "One process answers for each pooler, and no other takes its clients.",
                () -> processes.objections(sw.project().poolers()));
    }

    private List<String> forgotten(Switch sw) {
        return sw.fanOut().map(sw.poolers().changes(), change -> entries.of(asked(sw, change))).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static Asked asked(Switch sw, PoolerChange change) {
        return new Asked(
                change.pooler(),
                change.current(),
                sw.from(),
                sw.project().cluster(sw.from()),
                sw.project().cluster(sw.to()),
                Set.copyOf(sw.databases()));
    }
}
