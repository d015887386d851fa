package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Sequences.SequenceValue;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;
import java.util.List;

/** Thousands of setval calls do not belong in the pause: most sequences are set before, with room to grow. */
final class PushSequencesAhead extends SwitchStep {

    private final PushedSequences pushed;

    PushSequencesAhead(Switch sw, PushedSequences pushed) {
        super(sw, "push-sequences-ahead", Part.BEFORE, Duration.ofMinutes(1));
        this.pushed = pushed;
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
        int count = sw.parts().concurrently().map(sw.databases(), this::push).stream()
                .mapToInt(Integer::intValue)
                .sum();
        return StepOutcome.done(count + " sequences of the " + sw.to().word() + " are ahead.");
    }

    private int push(String database) {
        int margin = sw.project().settings().sequenceMargin();
        List<SequenceValue> ahead = sw.parts().sequences().read(sw.onFrom(database)).stream()
                .map(value -> PushedSequences.hasRoom(value, margin) ? value.ahead(margin) : value)
                .toList();
        sw.parts().sequences().set(sw.onTo(database), ahead);
        pushed.keep(database, ahead);
        return ahead.size();
    }
}
