package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Links;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;

/** A forgotten slot fills the disk: the link that fed the entered side is dropped, its slot included. */
final class DropOldLink extends SwitchStep {

    DropOldLink(Switch sw) {
        super(sw, "drop-old-link", Part.AFTER, Duration.ofMinutes(5));
    }

    @Override
    public String sentence() {
        return "Drop the link that fed the %s, with its slot on the %s."
                .formatted(sw.to().word(), sw.from().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Links links = sw.parts().links();
        for (String database : sw.databases()) {
            String link = sw.link(database);
            sw.pool().reliably(sw.to(), database, Role.READ, session -> {
                links.dropSubscription(session, link);
                return link;
            });
            sw.pool().reliably(sw.from(), database, Role.READ, session -> {
                links.dropSlot(session, link);
                links.dropPublication(session, link);
                return link;
            });
        }
        return StepOutcome.done("The link that fed the " + sw.to().word() + " is gone, and so is its slot.");
    }
}
