package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Checks;
import dev.upshift.check.ForgottenEntries;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.postgres.role.PasswordLookups;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a switch must not start without at the poolers. */
@Component
public final class PoolerChecks implements Checks {

    private final CheckList<Switch> consoles;
    private final CheckList<Switch> leftBehind;
    private final CheckList<Switch> lookups;
    private final CheckList<Switch> logins;

    PoolerChecks(SeenPoolers poolers, ForgottenEntries entries, PoolerProcesses processes, PasswordLookups lookups) {
        this.consoles = CheckList.of(List.of(
                new PoolerFiles(),
                new PoolersReachable(poolers),
                new EntriesServing(poolers),
                new WholePooler(poolers),
                new SessionPooling(poolers),
                new QueryWaitTimeouts(poolers)));
        this.leftBehind = CheckList.of(List.of(new UnmappedEntries(entries), new SharedClients(processes)));
        this.lookups = CheckList.of(List.of(new AuthQueries(poolers, lookups)));
        this.logins = CheckList.of(List.of(new NamedLogins()));
    }

    /** What poolers' files and consoles say and, once all of them answer, what clients a switch would leave behind. */
    public List<CheckOutcome> ask(Switch sw) {
        List<CheckOutcome> outcomes = new ArrayList<>(consoles.ask(sw));
        boolean answer =
                outcomes.stream().anyMatch(outcome -> outcome.check().equals(PoolersReachable.ID) && outcome.allows());
        if (answer) {
            outcomes.addAll(leftBehind.ask(sw));
        }
        return outcomes;
    }

    /** How they look up passwords; only where their configuration is known. */
    public CheckList<Switch> lookups() {
        return lookups;
    }

    /** Whether the logins get through that the project names; only where their configuration is known. */
    public CheckList<Switch> logins() {
        return logins;
    }

    @Override
    public List<? extends Check<?>> all() {
        return Stream.of(consoles, leftBehind, lookups, logins)
                .flatMap(list -> list.all().stream())
                .toList();
    }
}
