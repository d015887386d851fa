package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Fact;
import dev.upshift.engine.FactOfEach;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes every pooler's new configuration beside the active one, after a look at what would change. */
public final class StageConfiguration extends SwitchStep {

    /** Fact: the hash of the configuration that a pooler had, by pooler name. */
    static final FactOfEach<String> HASH = Fact.text("configuration").ofEach();

    public StageConfiguration(Switch sw) {
        super(sw, "stage-configuration", Part.BEFORE, Duration.ofSeconds(15));
    }

    @Override
    public String sentence() {
        return "Write the new configuration of %s beside the active one, not yet in force."
                .formatted(sw.poolersInWords());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (PoolerChange change : sw.poolers().changes()) {
            if (!change.isLimitedToEntries()) {
                return StepOutcome.failed("The new configuration of %s would differ in more than the entries %s."
                        .formatted(change.pooler().name(), String.join(", ", change.entries())));
            }
            ConfigurationLocation location = change.pooler().configuration();
            sw.poolers().store(change.pooler()).stage(location, change.next());
            hashes.put(change.pooler().name(), change.current().hash());
        }
        return StepOutcome.done("The new configuration of " + sw.poolersInWords() + " is ready.", HASH.of(hashes));
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        sw.poolers().unstage();
    }
}
