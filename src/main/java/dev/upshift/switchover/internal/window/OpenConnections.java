package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.switchover.internal.look.RewrittenTables;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;

/** Connecting costs more than the work of the window, and may fail: so it is done before. */
public final class OpenConnections extends SwitchStep {

    private final RewrittenTables rewritten;

    public OpenConnections(Switch sw, RewrittenTables rewritten) {
        super(sw, "open-connections", Part.BEFORE, Duration.ofSeconds(30));
        this.rewritten = rewritten;
    }

    @Override
    public String sentence() {
        return "Connect to both sides of %s and to the consoles of %s, and keep these connections."
                .formatted(sw.databasesInWords(), sw.poolersInWords());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        sw.openAll();
        rewritten.begin();
        sw.fanOut().forEach(sw.databases(), database -> {
            sw.fence().remember(sw.from(), database);
            sw.fence().before(sw.to(), database);
        });
        return StepOutcome.done("Connected to both sides and to " + sw.poolersInWords() + ".");
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        sw.databases().forEach(sw.fence()::forgetUnraised);
    }
}
