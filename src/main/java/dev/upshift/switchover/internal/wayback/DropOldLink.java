package dev.upshift.switchover.internal.wayback;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.Links;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A forgotten slot fills the disk: the link that fed the entered side is dropped, its slot included. */
public final class DropOldLink extends SwitchStep {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    public DropOldLink(Switch sw) {
        super(sw, "drop-old-link", Part.AFTER, Duration.ofMinutes(5));
    }

    @Override
    public String sentence() {
        return "Drop the link that fed the %s, with its slot on the %s."
                .formatted(sw.to().word(), sw.from().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Links links = sw.servers().links();
        List<String> left = new ArrayList<>();
        for (String database : sw.databases()) {
            String link = sw.link(database);
            sw.pool().reliably(sw.to(), database, Role.READ, session -> {
                links.dropSubscription(session, link);
                links.subscription(session, link).ifPresent(there -> left.add("subscription " + link));
                return link;
            });
            sw.pool().reliably(sw.from(), database, Role.READ, session -> {
                links.dropSlot(session, link);
                links.dropPublication(session, link);
                links.slot(session, link).ifPresent(there -> left.add("slot " + link));
                if (links.hasPublication(session, link)) {
                    left.add("publication " + link);
                }
                return link;
            });
        }
        if (!left.isEmpty()) {
            return StepOutcome.retry("Dropped, and there again: " + Names.some(left) + ".", AGAIN);
        }
        return StepOutcome.done("The link that fed the " + sw.to().word() + " is gone, and so is its slot.");
    }
}
