package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Takes the wishes of people and tools: plans, starts, aborts and continues runs. */
@Service
class RunService implements Procedures {

    private final RunLookup lookup;
    private final Plans plans;
    private final RunStart start;
    private final RunAborts aborts;
    private final BlockedRuns blockedRuns;

    RunService(RunLookup lookup, Plans plans, RunStart start, RunAborts aborts, BlockedRuns blockedRuns) {
        this.lookup = lookup;
        this.plans = plans;
        this.start = start;
        this.aborts = aborts;
        this.blockedRuns = blockedRuns;
    }

    @Override
    public Plan plan(String slug, ProcedureName name) {
        return plans.plan(lookup.project(slug), name);
    }

    @Override
    public List<Available> available(String slug) {
        return plans.available(lookup.project(slug));
    }

    @Override
    public Run start(String slug, ProcedureName name, @Nullable String planVersion, @Nullable String confirmation) {
        return start.start(slug, name, new Confirmation(planVersion, confirmation));
    }

    @Override
    public Run abort(String slug, int number) {
        return aborts.abort(slug, number);
    }

    @Override
    public Run resume(String slug, int number) {
        return blockedRuns.resume(slug, number);
    }

    @Override
    public Optional<Run> run(String slug, int number) {
        return lookup.run(slug, number);
    }

    @Override
    public List<Run> runs(String slug) {
        return lookup.runs(slug);
    }

    @Override
    public List<JournalEntry> journal(String slug, int number) {
        return lookup.journal(slug, number);
    }

    @Override
    public Optional<PauseReading> pause(String slug, int number) {
        return lookup.pause(slug, number);
    }
}
