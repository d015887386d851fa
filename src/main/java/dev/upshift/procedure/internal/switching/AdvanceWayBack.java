package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import dev.upshift.shared.Lsn;
import java.util.LinkedHashMap;
import java.util.Map;

/** The way back then starts after everything that came from the side that is left: no change goes round in circles. */
final class AdvanceWayBack extends SwitchStep {

    /** Fact: where the way back starts, by database. */
    static final String START = "wayBackStart.";

    AdvanceWayBack(Switch sw) {
        super(sw, "advance-way-back", Part.WINDOW, sw.project().settings().pauseBudget());
    }

    @Override
    public String sentence() {
        return "Move the slot of the way back to the present end of the %s's log."
                .formatted(sw.to().word());
    }

    /** The barrier is behind: what is set, stopped and advanced on the side that is entered concerns different things. */
    @Override
    public boolean isBesidePrevious() {
        return true;
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Map<String, String> starts = new LinkedHashMap<>();
        sw.parts().concurrently().map(sw.databases(), this::advance).forEach(starts::putAll);
        sw.evidence().putAll(starts);
        return StepOutcome.done("The way back starts at " + String.join(", ", starts.values()) + ".", starts);
    }

    private Map<String, String> advance(String database) {
        Links links = sw.parts().links();
        PostgresSession beside = sw.pool().session(sw.to(), database, Role.READ); // a session is for one thread
        Lsn end = links.writePosition(beside);
        links.advanceSlot(beside, sw.wayBack(database), end);
        return Map.of(START + database, end.toString());
    }
}
