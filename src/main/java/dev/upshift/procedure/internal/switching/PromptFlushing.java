package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.common.Concurrently;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;

/** With {@code synchronous_commit = on} the subscriber reports a flush in about 2 ms instead of about 200 ms. */
final class PromptFlushing extends SwitchStep {

    PromptFlushing(Switch sw) {
        super(sw, "prompt-flushing", Part.BEFORE, Duration.ofSeconds(30));
    }

    @Override
    public String sentence() {
        return "Let the %s report every flush at once (synchronous_commit = on for its subscription)."
                .formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Concurrently.forEach(
                sw.databases(),
                database -> sw.parts().links().synchronousCommit(sw.onTo(database), sw.link(database), true));
        return StepOutcome.done("The " + sw.to().word() + " reports every flush at once.");
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        sw.databases()
                .forEach(database -> sw.pool().reliably(sw.to(), database, Role.WORK, session -> {
                    sw.parts().links().synchronousCommit(session, sw.link(database), false);
                    return database;
                }));
    }
}
