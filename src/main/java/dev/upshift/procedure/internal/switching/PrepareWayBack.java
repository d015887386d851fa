package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Links;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;

/** Creating a slot waits for running transactions; that wait must not happen while clients are held. */
final class PrepareWayBack extends SwitchStep {

    PrepareWayBack(Switch sw) {
        super(sw, "prepare-way-back", Part.BEFORE, Duration.ofMinutes(1));
    }

    @Override
    public String sentence() {
        return "Create the publication and the slot of the way back on the %s."
                .formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Links links = sw.parts().links();
        sw.parts().concurrently().forEach(sw.databases(), database -> {
            String name = sw.wayBack(database);
            links.publish(sw.onTo(database), name, links.publishedTables(sw.onFrom(database), sw.link(database)));
            links.createSlot(sw.onTo(database), name);
        });
        return StepOutcome.done(
                "The slot of the way back exists on the " + sw.to().word() + ".");
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        sw.databases()
                .forEach(database -> sw.pool().reliably(sw.to(), database, Role.WORK, session -> {
                    sw.parts().links().dropSlot(session, sw.wayBack(database));
                    sw.parts().links().dropPublication(session, sw.wayBack(database));
                    return database;
                }));
    }
}
