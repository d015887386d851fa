package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.switchover.internal.route.Measured;
import dev.upshift.switchover.internal.route.OpenTransactions;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.Optional;

/** Notes what PAUSE is about to wait for. */
final class NoteOpenTransactions extends SwitchStep {

    NoteOpenTransactions(Switch sw) {
        super(sw, "note-open-transactions", Part.BEFORE, Duration.ofSeconds(30));
    }

    @Override
    public String sentence() {
        return "Note which transaction on the %s PAUSE will have to wait for."
                .formatted(sw.from().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Optional<OpenTransaction> oldest = new OpenTransactions(sw).oldest();
        oldest.map(Measured::openAtPause).ifPresent(sw::keep);
        return StepOutcome.done(oldest.map(found ->
                        "The oldest open transaction is %d ms old (%s).".formatted(found.ageMillis(), found.who()))
                .orElse("No transaction is open."));
    }
}
