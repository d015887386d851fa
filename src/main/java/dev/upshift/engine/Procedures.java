package dev.upshift.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The front door of the engine: plan, start, watch and abort. */
public interface Procedures {

    /** Looks at the servers now: guards, steps, version. Takes as long as the slowest of them, a few seconds at most. */
    Plan plan(String slug, ProcedureName procedure);

    /** The procedures that the phase allows, in the order in which they make sense; touches no server. */
    List<Available> available(String slug);

    /**
     * Starts a run in the background.
     *
     * @param planVersion the version that was shown; null only for procedures that need no confirmation
     * @param confirmation the {@linkplain ProcedureName#confirmation words} where
     *     {@link ProcedureName#needsConfirmation()}, or {@linkplain ProcedureName#confirmationWithout those} that say that
     *     a side is gone
     * @throws RunRefused if it is blocked, stale, not confirmed, or another run is active
     */
    Run start(String slug, ProcedureName procedure, @Nullable String planVersion, @Nullable String confirmation);

    /** @throws RunRefused if the run is past the point of no return or over */
    Run abort(String slug, int number);

    /**
     * Continues a run that is {@code BLOCKED}, once the cause is gone: forwards or backwards, as it was going.
     *
     * @throws RunRefused if it is not blocked
     */
    Run resume(String slug, int number);

    Optional<Run> run(String slug, int number);

    /** Newest first. */
    List<Run> runs(String slug);

    List<JournalEntry> journal(String slug, int number);

    /** The pause clock of a run that is holding clients now. */
    Optional<PauseReading> pause(String slug, int number);

    /** @param reason why not, when it is not possible in this phase; null when it is */
    record Available(ProcedureName procedure, @Nullable String reason) {}

    /** @param pastPivot whether the run can only go forward */
    record PauseReading(long heldMillis, long budgetMillis, boolean pastPivot) {}
}
