package dev.upshift.bench;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.ManualPause;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** Measures the longest wait of any client, round by round, under one load: nothing, a bare pause, cutover, rollback. */
final class SwitchRounds {

    private static final Duration SOON = Duration.ofMinutes(2);

    /** Looked at around every measurement, so that what follows a RESUME counts too. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final LabWorld world;
    private final LedgerWriters writers;
    private final int perSecond;
    private final Function<String, SwitchCost> procedures;

    /** @param procedures runs the procedure of this name to its end, and answers what it took */
    SwitchRounds(LabWorld world, LedgerWriters writers, int perSecond, Function<String, SwitchCost> procedures) {
        this.world = world;
        this.writers = writers;
        this.perSecond = perSecond;
        this.procedures = procedures;
    }

    /** Does everything so many times, and tells the report. */
    void measure(int rounds, BenchmarkReport report) {
        Instant begin = Instant.now();
        for (int round = 0; round < rounds; round++) {
            report.nothing(longestWait(this::settle));
            bare(report);
            switchOver("cutover", report::cutover);
            switchOver("rollback", report::rollback);
        }
        Instant end = Instant.now();
        report.rate(writers.acknowledgedBetween(begin, end)
                / Math.max(1, Duration.between(begin, end).toSeconds()));
    }

    private void bare(BenchmarkReport report) {
        try (ManualPause person = ManualPause.at(world.poolers())) {
            AtomicReference<Duration> paused = new AtomicReference<>();
            Duration longest =
                    longestWait(() -> paused.set(person.pauseAndResume().length()));
            report.bare(longest, paused.get());
        }
    }

    private void switchOver(String procedure, Measured measured) {
        AtomicReference<SwitchCost> cost = new AtomicReference<>();
        Duration longest = longestWait(() -> cost.set(procedures.apply(procedure)));
        measured.take(longest, cost.get());
    }

    private Duration longestWait(Runnable work) {
        settle();
        Instant begin = Instant.now();
        work.run();
        settle();
        return writers.longestWait(begin, Instant.now());
    }

    /** Lets the load run on for a moment: until it has done what it does in that time. */
    private void settle() {
        Instant until = Instant.now().plus(MARGIN);
        Awaitility.await("the load to run on")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Instant.now().isAfter(until));
        writers.awaitAcknowledged(Math.max(1, perSecond / 4), SOON);
    }

    /** Takes what a switch cost. */
    private interface Measured {
        void take(Duration longestWait, SwitchCost cost);
    }
}
