package dev.upshift.switchover.internal.sequence;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thousands of setval calls do not belong in the pause: sequences are set before, with room to grow. Those that have moved
 * on while all were being set are set once more: a busy one would have spent its room before clients are held.
 */
public final class PushSequencesAhead extends SwitchStep {

    private final EnteredSequences entered;
    private final LeftSequences sequences;
    private final SequenceSetting setting;

    public PushSequencesAhead(Switch sw, EnteredSequences entered, LeftSequences sequences) {
        super(sw, "push-sequences-ahead", Part.BEFORE, Duration.ofMinutes(1));
        this.entered = entered;
        this.sequences = sequences;
        this.setting = new SequenceSetting(sw);
    }

    @Override
    public String sentence() {
        return "Push the sequences of the %s %d values ahead of those of the %s, each in its own direction and bounds."
                .formatted(
                        sw.to().word(),
                        sw.project().settings().sequenceMargin(),
                        sw.from().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        AtomicInteger count = new AtomicInteger();
        List<String> wrong = sw.fanOut().map(sw.databases(), database -> push(database, count)).stream()
                .flatMap(Optional::stream)
                .toList();
        if (!wrong.isEmpty()) {
            return StepOutcome.failed(String.join(" ", wrong));
        }
        return StepOutcome.done("%s of the %s ahead, and %s read there again."
                .formatted(
                        count.get() == 1 ? "1 sequence" : count.get() + " sequences",
                        sw.to().word() + (count.get() == 1 ? " is" : " are"),
                        count.get() == 1 ? "was" : "were"));
    }

    private Optional<String> push(String database, AtomicInteger count) {
        List<SequenceValue> first = read(database);
        Optional<String> wrong = pushAhead(database, first);
        if (wrong.isEmpty()) {
            count.addAndGet(first.size());
            wrong = pushAhead(database, movedOn(first, read(database)));
            entered.settle(database);
        }
        return wrong;
    }

    private List<SequenceValue> read(String database) {
        sequences.read(database);
        return sequences.of(database);
    }

    private static List<SequenceValue> movedOn(List<SequenceValue> first, List<SequenceValue> now) {
        Set<SequenceValue> known = Set.copyOf(first);
        return now.stream().filter(value -> !known.contains(value)).toList();
    }

    private Optional<String> pushAhead(String database, List<SequenceValue> values) {
        int margin = sw.project().settings().sequenceMargin();
        List<SequenceValue> ahead = values.stream()
                .map(value -> SequenceLevel.hasRoom(value, margin) ? value.ahead(margin) : value)
                .toList();
        return setting.set(database, ahead);
    }
}
