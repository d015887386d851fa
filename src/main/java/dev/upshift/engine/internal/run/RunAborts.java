package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.identity.CurrentActor;
import org.springframework.stereotype.Component;

/** Aborts runs that are executed, wherever that is, or wait for a person. */
@Component
class RunAborts {

    private final RunLookup lookup;
    private final RunRecords records;
    private final BlockedRuns blockedRuns;
    private final ExecutingRuns executing;
    private final Engine engine;
    private final CurrentActor actor;

    RunAborts(
            RunLookup lookup,
            RunRecords records,
            BlockedRuns blockedRuns,
            ExecutingRuns executing,
            Engine engine,
            CurrentActor actor) {
        this.lookup = lookup;
        this.records = records;
        this.blockedRuns = blockedRuns;
        this.executing = executing;
        this.engine = engine;
        this.actor = actor;
    }

    Run abort(String slug, int number) {
        Run run = lookup.existing(lookup.project(slug), number);
        return switch (run.status()) {
            case BLOCKED -> abortBlocked(slug, number);
            case RUNNING -> {
                if (!records.requestAbort(run.id(), actor.name())) {
                    throw isPastPivot(number);
                }
                executing.abort(run.id(), actor.name()); // where it is executed here, at once
                yield run;
            }
            case ABORTING, SUCCEEDED, ABORTED ->
                throw RunRefused.because("Run %d is %s and cannot be aborted.".formatted(number, run.status()));
        };
    }

    private Run abortBlocked(String slug, int number) {
        return blockedRuns.withBlocked(slug, number, (project, run, lock) -> {
            if (lookup.journal(run).stream().anyMatch(JournalEntry::isPivot)) {
                throw isPastPivot(number);
            }
            String outcome = "Aborted by " + actor.name() + ".";
            records.move(run, run.epoch(), RunStatus.BLOCKED, RunStatus.ABORTING, outcome, null);
            Run aborting = lookup.existing(project, number);
            engine.takeUp(project, aborting, lock);
            return aborting;
        });
    }

    private static RunRefused isPastPivot(int number) {
        return RunRefused.because("Run %d is past the point of no return: it can only be continued.".formatted(number));
    }
}
