package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes what a rehearsal measures into the run's evidence, and reads it back. */
public final class Measured {

    /** Evidence: the switch that was rehearsed, as in {@code ProcedureName}. */
    public static final String REHEARSED = "rehearsed";

    /** Evidence: the version of the plan that was rehearsed. */
    public static final String PLAN = "rehearsedPlanVersion";

    private static final String HOLD = "heldAfterMillis.";
    private static final String SAMPLES = "loadSamples";
    private static final String OLDEST = "oldestTransaction";
    private static final String OPEN = "openAtPause";
    private static final String BARRIER = "barrierUsualMillis";
    private static final String SLOWEST_BARRIER = "barrierSlowestMillis";
    private static final String LAG = "largestLagBytes";
    private static final String OUTRUN = "sequencesOutrun";
    private static final String AGE = "Millis";
    private static final String WHO = "By";

    private Measured() {}

    /** How long each pooler took until its last transaction had ended. */
    public static void putHold(Map<String, String> evidence, Map<String, Duration> byPooler) {
        byPooler.forEach((pooler, took) -> evidence.put(HOLD + pooler, Long.toString(took.toMillis())));
    }

    public static void putLoad(Map<String, String> evidence, LoadSamples samples) {
        evidence.put(SAMPLES, Integer.toString(samples.count()));
        evidence.put(BARRIER, Long.toString(samples.usualBarrier().toMillis()));
        evidence.put(SLOWEST_BARRIER, Long.toString(samples.slowestBarrier().toMillis()));
        samples.oldest().ifPresent(oldest -> put(evidence, OLDEST, oldest));
    }

    public static void putOpenAtPause(Map<String, String> evidence, OpenTransaction oldest) {
        put(evidence, OPEN, oldest);
    }

    public static void putLargestLag(Map<String, String> evidence, long bytes) {
        evidence.put(LAG, Long.toString(bytes));
    }

    public static void putOutrun(Map<String, String> evidence, int sequences) {
        evidence.put(OUTRUN, Integer.toString(sequences));
    }

    private static void put(Map<String, String> evidence, String what, OpenTransaction transaction) {
        evidence.put(what + AGE, Long.toString(transaction.ageMillis()));
        evidence.put(what + WHO, transaction.who());
    }

    /** How long PAUSE waited for transactions at the slowest pooler; empty in runs that did not note it. */
    public static OptionalLong holdMillis(Map<String, String> evidence) {
        return evidence.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(HOLD))
                .map(Map.Entry::getValue)
                .mapToLong(Long::parseLong)
                .max();
    }

    public static Load load(Map<String, String> evidence) {
        return new Load(
                (int) number(evidence, SAMPLES),
                transaction(evidence, OLDEST),
                transaction(evidence, OPEN),
                holdMillis(evidence).orElse(0),
                number(evidence, BARRIER),
                number(evidence, SLOWEST_BARRIER),
                evidence.containsKey(LAG) ? number(evidence, LAG) : null,
                (int) number(evidence, OUTRUN));
    }

    private static long number(Map<String, String> evidence, String key) {
        return Long.parseLong(evidence.getOrDefault(key, "0"));
    }

    private static @Nullable OpenTransaction transaction(Map<String, String> evidence, String what) {
        return evidence.containsKey(what + AGE)
                ? new OpenTransaction(number(evidence, what + AGE), evidence.getOrDefault(what + WHO, ""))
                : null;
    }
}
