package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the way back starts: after everything that came from the side that is left, so that no change goes round in
 * circles. Only noted while clients are held: whoever follows a slot tells it where to begin, and the slot itself need
 * not be moved there, for which the server would read its log again.
 */
final class NoteWayBack extends SwitchStep {

    /** Fact: where the way back starts, by database. */
    static final String START = "wayBackStart.";

    NoteWayBack(Switch sw) {
        super(sw, "note-way-back", Part.WINDOW, sw.project().settings().pauseBudget());
    }

    @Override
    public String sentence() {
        return "Note where the way back starts: at the present end of the %s's log."
                .formatted(sw.to().word());
    }

    /** The barrier is behind, and nothing comes any more, whether the link is stopped already or not. */
    @Override
    public boolean isBesidePrevious() {
        return true;
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Map<String, String> starts = new LinkedHashMap<>();
        sw.parts().concurrently().map(sw.databases(), this::start).forEach(starts::putAll);
        sw.evidence().putAll(starts);
        return StepOutcome.done("The way back starts at " + String.join(", ", starts.values()) + ".", starts);
    }

    private Map<String, String> start(String database) {
        PostgresSession beside = sw.pool().session(sw.to(), database, Role.READ); // a session is for one thread
        return Map.of(START + database, sw.parts().links().writePosition(beside).toString());
    }
}
