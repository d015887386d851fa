package dev.upshift.engine.internal.walk;

import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Script;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether somebody has asked for a run to be aborted, from any thread; what was asked first counts. */
public final class AbortRequest {

    /** How the sentence of an abort begins. */
    public static final String ABORTED_BY = "Aborted by ";

    private final Script script;
    private final RunJournal journal;
    private volatile @Nullable String abortRequest;

    AbortRequest(Script script, RunJournal journal) {
        this.script = script;
        this.journal = journal;
    }

    /** Clients that are held before the pivot are let go at once, whatever the step is doing. */
    void by(String by) {
        if (abortRequest == null) {
            abortRequest = by;
            script.hold().abort(aborted(by));
        }
    }

    boolean isMade() {
        return abortRequest != null;
    }

    /** That somebody has asked for it, in a sentence. */
    Optional<String> why() {
        return Optional.ofNullable(abortRequest).map(AbortRequest::aborted);
    }

    private static String aborted(String by) {
        return ABORTED_BY + by + ".";
    }

    /** Why a step failed: because of this, if it was before the pivot. */
    String reasonOr(String failure) {
        String by = abortRequest;
        return by == null || journal.isPastPivot() ? failure : aborted(by);
    }

    /** As {@link RunContext#stopIfAborted}. */
    void stopIfAborted() {
        String by = abortRequest;
        if (by != null && !journal.isPastPivot() && !journal.isGoingBack()) {
            throw new RunContext.AbortRequested(aborted(by));
        }
    }
}
