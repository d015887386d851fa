package dev.upshift.engine;

import dev.upshift.engine.Plan.GuardResult;
import java.util.Locale;

/** What the engine looks at itself before any procedure runs, in the order in which it is told. */
public enum EngineGuard {
    /** The procedure fits the project's phase. */
    PHASE,
    /** Nobody has stopped all runs. */
    RUNS_ALLOWED,
    /** No other run of the project is under way. */
    NO_OTHER_RUN;

    /** Its name in plans, in the API and in the documents. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In a plan. */
    public GuardResult result(boolean allowed, String reason) {
        return new GuardResult(id(), allowed, reason);
    }
}
