package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Fact;
import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import dev.upshift.engine.RunFacts;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a rehearsal measures, as facts of its evidence and from these. */
public final class Measured {

    private Measured() {}

    public static RunFacts load(LoadSamples samples) {
        RunFacts load = Evidence.LOAD_SAMPLES
                .of(samples.count())
                .and(Evidence.BARRIER_USUAL.of(samples.usualBarrier()))
                .and(Evidence.BARRIER_SLOWEST.of(samples.slowestBarrier()));
        return samples.oldest()
                .map(oldest -> load.and(Evidence.OLDEST_TRANSACTION_MILLIS.of(oldest.ageMillis()))
                        .and(Evidence.OLDEST_TRANSACTION_BY.of(oldest.who())))
                .orElse(load);
    }

    public static RunFacts openAtPause(OpenTransaction oldest) {
        return Evidence.OPEN_AT_PAUSE_MILLIS.of(oldest.ageMillis()).and(Evidence.OPEN_AT_PAUSE_BY.of(oldest.who()));
    }

    /** How long PAUSE waited for transactions at the slowest pooler; empty in runs that did not note it. */
    public static OptionalLong holdMillis(RunFacts evidence) {
        return Evidence.HELD_AFTER.in(evidence).values().stream()
                .mapToLong(Duration::toMillis)
                .max();
    }

    public static Load load(RunFacts evidence) {
        return new Load(
                evidence.get(Evidence.LOAD_SAMPLES).orElse(0),
                transaction(evidence, Evidence.OLDEST_TRANSACTION_MILLIS, Evidence.OLDEST_TRANSACTION_BY),
                transaction(evidence, Evidence.OPEN_AT_PAUSE_MILLIS, Evidence.OPEN_AT_PAUSE_BY),
                holdMillis(evidence).orElse(0),
                millis(evidence, Evidence.BARRIER_USUAL),
                millis(evidence, Evidence.BARRIER_SLOWEST),
                evidence.get(Evidence.LARGEST_LAG).orElse(null),
                evidence.get(Evidence.SEQUENCES_OUTRUN).orElse(0));
    }

    private static long millis(RunFacts evidence, Fact<Duration> fact) {
        return evidence.get(fact).map(Duration::toMillis).orElse(0L);
    }

    private static @Nullable OpenTransaction transaction(RunFacts evidence, Fact<Long> age, Fact<String> who) {
        return evidence.get(age)
                .map(millis -> new OpenTransaction(millis, evidence.get(who).orElse("")))
                .orElse(null);
    }
}
