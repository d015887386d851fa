package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.LinkBarrier.Reading;
import dev.upshift.shared.Lsn;
import dev.upshift.switchover.internal.look.FeedingLink;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import dev.upshift.switchover.internal.sequence.EnteredSequences;
import dev.upshift.switchover.internal.sequence.LeftSequences;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The proof that everything written on the side that is left is on the disk of the side that is entered: a sentinel row
 * arrived there, and the log was flushed behind it. The sequences of both begin to be read meanwhile.
 */
public final class AwaitBarrier extends SwitchStep {

    private static final Duration AGAIN = Duration.ofMillis(1);

    /** The barrier is usually reached before this; a link that is broken meanwhile is not waited for. */
    private static final Duration LOOK_AT_LINK = Duration.ofMillis(250);

    private final EnteredSequences entered;
    private final LeftSequences sequences;

    public AwaitBarrier(Switch sw, EnteredSequences entered, LeftSequences sequences) {
        super(sw, "await-barrier", Part.WINDOW, sw.project().settings().pauseBudget());
        this.entered = entered;
        this.sequences = sequences;
    }

    @Override
    public String sentence() {
        return "Barrier: write a sentinel on the %s and wait until the %s has it and has flushed everything before it."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    public boolean leavesNothing() {
        return true;
    }

    @Override
    protected StepOutcome act(RunContext run) {
        if (!sw.watch().isHolding()) {
            return StepOutcome.failed(sw.watch().whyExpired());
        }
        Map<String, Reading> readings = new ConcurrentHashMap<>();
        List<String> late = sw.fanOut().map(sw.databases(), database -> await(database, readings)).stream()
                .filter(sentence -> !sentence.isEmpty())
                .toList();
        RunFacts positions = facts(readings);
        sw.keep(positions);
        if (!late.isEmpty()) {
            return StepOutcome.failed(String.join(" ", late));
        }
        return StepOutcome.done(
                "Everything up to " + first(positions) + " is flushed on the "
                        + sw.to().word() + ".",
                positions);
    }

    private String first(RunFacts positions) {
        return positions
                .get(Evidence.BARRIER.of(sw.databases().getFirst()))
                .map(Lsn::toString)
                .orElse("the end of the log");
    }

    private static RunFacts facts(Map<String, Reading> readings) {
        return readings.entrySet().stream()
                .map(reading -> facts(reading.getKey(), reading.getValue()))
                .reduce(RunFacts.NONE, RunFacts::and);
    }

    private static RunFacts facts(String database, Reading reached) {
        RunFacts facts = Evidence.BARRIER.of(database).of(reached.end());
        facts = reached.arrived()
                .map(Evidence.ARRIVED.of(database)::of)
                .map(facts::and)
                .orElse(facts);
        return reached.flushed()
                .map(Evidence.FLUSHED.of(database)::of)
                .map(facts::and)
                .orElse(facts);
    }

    private String await(String database, Map<String, Reading> readings) {
        sequences.read(database);
        entered.look(database);
        AtomicReference<@Nullable String> broken = new AtomicReference<>();
        Reading reached = sw.barrier()
                .await(
                        sw.onFrom(database),
                        sw.onTo(database),
                        sw.watch().left(),
                        AGAIN,
                        whileItCanBeReached(database, broken));
        readings.put(database, reached);
        if (reached.reached() && sw.watch().isHolding()) {
            sw.stillness().arrived(database, reached.end());
            entered.everythingArrived(database);
            return "";
        }
        return Objects.requireNonNullElseGet(broken.get(), () -> late(database, reached));
    }

    private BooleanSupplier whileItCanBeReached(String database, AtomicReference<@Nullable String> broken) {
        AtomicReference<Duration> next = new AtomicReference<>(sw.watch().left().minus(LOOK_AT_LINK));
        return () -> {
            Duration left = sw.watch().left();
            if (left.compareTo(next.get()) < 0) {
                next.set(left.minus(LOOK_AT_LINK));
                broken.set(FeedingLink.of(sw, database).broken().orElse(null));
            }
            return broken.get() == null && sw.watch().isHolding();
        };
    }

    private String late(String database, Reading reached) {
        return "%s: what was written up to %s did not %s the %s within the pause budget."
                .formatted(
                        database,
                        reached.end(),
                        reached.arrived().isEmpty() ? "arrive on" : "get to the disk of",
                        sw.to().word());
    }
}
