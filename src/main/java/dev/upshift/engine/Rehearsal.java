package dev.upshift.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal that succeeded has measured.
 *
 * @param run its number
 * @param rehearsed the switch that was rehearsed
 * @param planVersion the version of the switch's plan at that time, without the settings that only ask for a rehearsal
 * @param endedAt when clients were served again, and nothing of the rehearsal was left
 * @param pauseMillis how long clients were held, from sending PAUSE to the last RESUME
 * @param parts what was done while they were held, in order
 */
public record Rehearsal(
        int run,
        ProcedureName rehearsed,
        String planVersion,
        Instant endedAt,
        long pauseMillis,
        List<Part> parts,
        Load load,
        Forecast forecast) {

    /** One step of the window. */
    public record Part(String step, long micros) {}

    /**
     * What the rehearsal saw of the load.
     *
     * @param samples how often it looked before clients were held
     * @param oldestTransaction the oldest transaction that was open at any of these looks; null when none was
     * @param openAtPause the oldest that was open right before PAUSE; null when none was
     * @param heldPauseMillis how long PAUSE waited for transactions to end, at the slowest pooler
     * @param barrierMillis the barrier's usual (median) time under load, nobody held
     * @param slowestBarrierMillis its longest
     * @param largestLagBytes the largest lag of the last 24 hours, as monitoring kept it; null when none was kept
     * @param outrunSequences sequences that would have had to be set while clients were held
     */
    public record Load(
            int samples,
            @Nullable OpenTransaction oldestTransaction,
            @Nullable OpenTransaction openAtPause,
            long heldPauseMillis,
            long barrierMillis,
            long slowestBarrierMillis,
            @Nullable Long largestLagBytes,
            int outrunSequences) {}

    /** @param who user, application and process id, for people */
    public record OpenTransaction(long ageMillis, String who) {}

    /**
     * How long the real switch may hold clients.
     *
     * <p><b>Usual</b> is what the rehearsal took for the parts that both have, and {@link #restMillis} for those that a
     * rehearsal must not do: stopping the link, the point of no return, new configurations and RELOAD.
     * <b>Unlucky</b> adds to it a PAUSE that meets the oldest transaction that was sampled right as it begins, and the
     * slowest barrier that was sampled; never more than the pause budget, because then the switch goes back.
     *
     * <p>It does not know: transactions that were not open at any look, such as the job of the night; transactions of
     * clients that do not come through the poolers, which PAUSE does not wait for although they were counted; a load
     * other than the rehearsal's; how fast the poolers log in to a side that they have never served from.
     *
     * @param restMillis what is added for the parts that were not rehearsed
     * @param restMeasured whether that is what the project's last switch took for them; else it is an allowance
     */
    public record Forecast(long usualMillis, long unluckyMillis, long restMillis, boolean restMeasured) {}
}
