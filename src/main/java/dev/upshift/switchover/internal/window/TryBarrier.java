package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.LinkBarrier.Reading;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.fence.AcceptsWrites;
import dev.upshift.switchover.internal.check.fence.StandingFence;
import dev.upshift.switchover.internal.look.FeedingLink;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import dev.upshift.switchover.internal.sequence.LeftSequences;
import dev.upshift.switchover.internal.wayback.WayBackMarks;
import java.time.Duration;
import java.util.List;

/**
 * Does the window's reading once while nobody is held: shows that the barrier works and how long it takes, and what is
 * slow only the first time (code that was never run, catalogue pages that were never read) is slow now. Measured: the
 * first window of a fresh process took 777 ms without this, the second 181 ms.
 */
public final class TryBarrier extends SwitchStep {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final Duration AGAIN = Duration.ofMillis(200);

    /** Code runs fast after a few rounds. */
    private static final int ROUNDS = 5;

    private final LeftSequences sequences;
    private final StandingFence fence;
    private final WayBackMarks wayBack;

    public TryBarrier(Switch sw, LeftSequences sequences) {
        super(sw, "try-barrier", Part.BEFORE, Duration.ofMinutes(2));
        this.sequences = sequences;
        this.fence = new StandingFence(sw);
        this.wayBack = new WayBackMarks(sw);
    }

    @Override
    public String sentence() {
        return "Try the barrier between %s and %s while nobody is held."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        wayBack.begin();
        long slowest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            List<Boolean> reached = sw.fanOut().map(sw.databases(), this::tryOut);
            if (reached.contains(false)) {
                return FeedingLink.broken(FeedingLink.all(sw))
                        .map(StepOutcome::failed)
                        .orElseGet(() -> StepOutcome.retry(
                                "The %s did not reach the barrier within %d s."
                                        .formatted(sw.to().word(), LONGEST.toSeconds()),
                                AGAIN));
            }
            slowest = (System.nanoTime() - begun) / 1_000_000;
            fence.findings(Role.LOOK);
            AcceptsWrites.refusals(sw, Role.READ);
        }
        wayBack.keep();
        sw.poolers().fleet().entries();
        return StepOutcome.done("The barrier is reached within %d ms.".formatted(slowest));
    }

    private boolean tryOut(String database) {
        sequences.read(database);
        sw.servers().fence().read(sw.onFrom(database));
        for (Side side : Side.values()) {
            for (Role role : List.of(Role.LOOK, Role.WATCH)) {
                sw.servers().fence().read(sw.pool().session(side, database, role));
            }
        }
        sw.servers().fence().behind(sw.onFrom(database));
        sw.servers().catalog().preparedTransactions(sw.onFrom(database));
        Reading reading = sw.barrier().await(sw.onFrom(database), sw.onTo(database), LONGEST, POLL, () -> true);
        sequences.of(database);
        return reading.reached();
    }
}
