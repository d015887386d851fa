package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;

/** Gathers the target's statistics. */
final class AnalyzeTarget extends ReplicateStep {

    AnalyzeTarget(ForwardLinks links) {
        super(links, "analyze", COPY);
    }

    @Override
    public String sentence() {
        return "ANALYZE the target: statistics are not replicated.";
    }

    @Override
    public StepOutcome perform(RunContext run) {
        for (String database : links.databases()) {
            links.onTarget(database, session -> {
                links.ports().servers().statistics().analyze(session);
                return database;
            });
        }
        return StepOutcome.done("The target's statistics are fresh.");
    }
}
