package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.procedure.Step;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.route.HoldingScript;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.script.SwitchScript;
import dev.upshift.switchover.internal.sequence.EnteredSequences;
import dev.upshift.switchover.internal.sequence.LeftSequences;
import dev.upshift.switchover.internal.window.PausePoolers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * A switch up to its proof, then back: the switch's own steps until the barrier is reached, with two looks at the load,
 * and then their undos. It cannot move clients, because no step that does is in it.
 */
final class RehearsalScript extends HoldingScript {

    private final List<Step> steps;

    RehearsalScript(Switch sw, Monitoring monitoring, Clock clock) {
        super(sw);
        EnteredSequences entered = new EnteredSequences(sw);
        LeftSequences sequences = new LeftSequences(sw);
        List<Step> shared = SwitchScript.untilTheProof(sw, entered, sequences, new RightsLook(sw));
        List<Step> all = new ArrayList<>();
        all.add(new WatchLoad(sw)); // first, so that as little time passes between the others as in a switch
        for (Step step : shared) {
            if (step instanceof PausePoolers) {
                all.add(new NoteOpenTransactions(sw));
            }
            all.add(step);
        }
        all.add(new ResumeClients(sw));
        all.add(new TakeBack(sw, shared));
        all.add(new SeeAsBefore(sw));
        all.add(new KeepReport(sw, entered, sequences, monitoring, clock));
        this.steps = List.copyOf(all);
    }

    @Override
    public List<Step> steps() {
        return steps;
    }

    @Override
    public String success() {
        return "Rehearsed: clients of %s were held for %d ms and are served by the %s as before. Nothing was moved."
                .formatted(
                        sw.databasesInWords(),
                        sw.watch().heldMillis().orElse(0L),
                        sw.from().word());
    }
}
