package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Links;
import dev.upshift.procedure.Plan.Part;
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

    @Override
    protected StepOutcome act(RunContext run) {
        Map<String, String> starts = new LinkedHashMap<>();
        sw.parts().concurrently().map(sw.databases(), this::advance).forEach(starts::putAll);
        sw.evidence().putAll(starts);
        return StepOutcome.done("The way back starts at " + String.join(", ", starts.values()) + ".", starts);
    }

    private Map<String, String> advance(String database) {
        Links links = sw.parts().links();
        Lsn end = links.writePosition(sw.onTo(database));
        links.advanceSlot(sw.onTo(database), sw.wayBack(database), end);
        return Map.of(START + database, end.toString());
    }
}
