package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.pooler.OtherProcesses;
import java.util.Set;
import java.util.stream.Collectors;

/** One process answers for each pooler, and no other takes its clients. */
public final class OneProcessEach implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pooler-processes";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "One process answers for each pooler, and no other takes its clients.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        Set<String> silent = tried.poolers().stream()
                .filter(pooler -> !pooler.unreachable().isEmpty())
                .map(pooler -> pooler.address().name())
                .collect(Collectors.toSet());
        return CheckResult.of(OtherProcesses.found(tried.processes()).stream()
                .filter(found -> !silent.contains(found.place().pooler())) // which is told for itself
                .map(found -> found.in("poolers"))
                .toList());
    }
}
