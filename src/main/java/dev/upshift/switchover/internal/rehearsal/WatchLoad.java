package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.switchover.internal.route.LoadSamples;
import dev.upshift.switchover.internal.route.Measured;
import dev.upshift.switchover.internal.route.OpenTransactions;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;

/** Looks at the load for a while before anybody is held: what a switch would have met at any of these moments. */
final class WatchLoad extends SwitchStep {

    private static final Duration WHILE = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(1);

    /** What is slow only the first time is not the load's doing, and a switch gets over it before its window. */
    private static final int ROUNDS = 3;

    WatchLoad(Switch sw) {
        super(sw, "watch-load", Part.BEFORE, Duration.ofMinutes(2));
    }

    @Override
    public String sentence() {
        return "Watch for %d s, while nobody is held, how old transactions on the %s get and how soon the %s has everything."
                .formatted(WHILE.toSeconds(), sw.from().word(), sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        OpenTransactions open = new OpenTransactions(sw);
        LoadSamples samples = new LoadSamples();
        for (int round = 0; round < ROUNDS; round++) {
            barrier();
        }
        sw.waiting().until(WHILE, EVERY, () -> {
            run.stopIfAborted();
            samples.add(open.oldest(), barrier());
            return false;
        });
        sw.keep(Measured.load(samples));
        return StepOutcome.done(
                "Looked %d times: the oldest transaction was open for %d ms, the slowest barrier took %d ms."
                        .formatted(
                                samples.count(),
                                samples.oldest()
                                        .map(oldest -> oldest.ageMillis())
                                        .orElse(0L),
                                samples.slowestBarrier().toMillis()));
    }

    /** One that is not reached in time counts as that long. */
    private Duration barrier() {
        long begun = System.nanoTime();
        sw.databases()
                .forEach(database ->
                        sw.barrier().await(sw.onFrom(database), sw.onTo(database), LONGEST, POLL, () -> true));
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
