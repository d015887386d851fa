package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Sequences.SequenceValue;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.util.List;
import java.util.Map;

/** Sets exactly those sequences that outran what was pushed ahead before the window. */
final class SetSequences extends SwitchStep {

    private final PushedSequences pushed;
    private final Map<String, List<SequenceValue>> sequences;

    SetSequences(Switch sw, PushedSequences pushed, Map<String, List<SequenceValue>> sequences) {
        super(sw, "set-sequences", Part.WINDOW, sw.project().settings().pauseBudget());
        this.pushed = pushed;
        this.sequences = sequences;
    }

    @Override
    public String sentence() {
        return "Set the sequences of the %s that the margin did not cover."
                .formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        int set = sw.parts().concurrently().map(sw.databases(), this::set).stream()
                .mapToInt(Integer::intValue)
                .sum();
        sw.evidence().put("sequencesSetInWindow", Integer.toString(set));
        return StepOutcome.done(
                (set == 1 ? "1 sequence was" : set + " sequences were") + " set; all others are ahead already.");
    }

    private int set(String database) {
        List<SequenceValue> outrun = pushed.outrunBy(database, sequences.getOrDefault(database, List.of()));
        if (!outrun.isEmpty()) {
            sw.parts().sequences().set(sw.pool().session(sw.to(), database, Role.LOOK), outrun);
        }
        return outrun.size();
    }
}
