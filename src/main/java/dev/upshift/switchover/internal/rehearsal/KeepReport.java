package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import dev.upshift.switchover.internal.sequence.EnteredSequences;
import dev.upshift.switchover.internal.sequence.LeftSequences;
import dev.upshift.switchover.internal.sequence.SequenceLevel;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/** Keeps what the rehearsal has measured, and for which plan it holds. */
final class KeepReport extends SwitchStep {

    private static final Duration LAG_OF = Duration.ofHours(24);

    private final EnteredSequences entered;
    private final LeftSequences sequences;
    private final Monitoring monitoring;
    private final Clock clock;

    KeepReport(Switch sw, EnteredSequences entered, LeftSequences sequences, Monitoring monitoring, Clock clock) {
        super(sw, "keep-report", Part.AFTER, Duration.ofSeconds(30));
        this.entered = entered;
        this.sequences = sequences;
        this.monitoring = monitoring;
        this.clock = clock;
    }

    @Override
    public String sentence() {
        return "Keep what was measured, with the plan that it holds for.";
    }

    @Override
    protected StepOutcome act(RunContext run) {
        sw.keep(Evidence.SEQUENCES_OUTRUN.of(sw.databases().stream()
                .mapToInt(database -> SequenceLevel.missing(entered.of(database), sequences.of(database))
                        .size())
                .sum()));
        monitoring.samples(sw.project().slug(), clock.instant().minus(LAG_OF)).stream()
                .map(Sample::lagBytes)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .ifPresent(bytes -> sw.keep(Evidence.LARGEST_LAG.of(bytes)));
        RehearsedPlan plan = RehearsedPlan.of(sw);
        sw.keep(Evidence.REHEARSED.of(plan.procedure()).and(Evidence.REHEARSED_PLAN.of(plan.version())));
        return StepOutcome.done("The report is kept, with the plan that it holds for.");
    }
}
