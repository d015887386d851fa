package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Sequences.SequenceValue;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sets exactly those sequences that do not stand ahead: clients outran what was pushed before the window, or it does not
 * stand any more.
 */
final class SetSequences extends SwitchStep {

    private final EnteredSequences entered;
    private final SequenceSetting setting;
    private final LeftSequences sequences;

    SetSequences(Switch sw, EnteredSequences entered, LeftSequences sequences) {
        super(sw, "set-sequences", Part.WINDOW, sw.project().settings().pauseBudget());
        this.entered = entered;
        this.setting = new SequenceSetting(sw);
        this.sequences = sequences;
    }

    @Override
    public String sentence() {
        return "Set the sequences of the %s that the margin did not cover."
                .formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        AtomicInteger count = new AtomicInteger();
        List<String> wrong = sw.parts().concurrently().map(sw.databases(), database -> set(database, count)).stream()
                .flatMap(Optional::stream)
                .toList();
        if (!wrong.isEmpty()) {
            return StepOutcome.failed(String.join(" ", wrong));
        }
        sw.evidence().put("sequencesSetInWindow", count.toString());
        return StepOutcome.done((count.get() == 1 ? "1 sequence was" : count.get() + " sequences were")
                + " set and read again; all others are ahead already.");
    }

    private Optional<String> set(String database, AtomicInteger count) {
        List<SequenceValue> behind = SequenceLevel.missing(entered.of(database), sequences.of(database));
        count.addAndGet(behind.size());
        return setting.set(database, behind);
    }
}
