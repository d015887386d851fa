package dev.upshift.procedure.internal.switching;

import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the staged configuration the active one on every pooler, and sees that each says so. */
final class ActivateConfiguration extends SwitchStep {

    private static final Duration RELOAD = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofMillis(50);

    ActivateConfiguration(Switch sw) {
        super(sw, "activate-configuration", Part.COMPLETION, Duration.ofMinutes(1));
    }

    @Override
    public String sentence() {
        return "Repoint %s to the %s: activate the new configuration, RELOAD, look."
                .formatted(sw.poolersInWords(), sw.to().word());
    }

    @Override
    public StepOutcome perform(RunContext run) {
        for (PoolerAddress pooler : sw.project().poolers()) {
            sw.parts()
                    .stores()
                    .of(pooler.configuration())
                    .activate(
                            pooler.configuration(),
                            run.facts().getOrDefault(StageConfiguration.HASH + pooler.name(), ""));
        }
        List<String> problems = new ArrayList<>(sw.fleet().reload(RELOAD));
        if (problems.isEmpty()) {
            problems.addAll(elsewhere());
        } else {
            problems.addAll(sw.fleet().reconnect());
        }
        return problems.isEmpty()
                ? StepOutcome.done("All poolers lead to the " + sw.to().word() + ".")
                : StepOutcome.retry(String.join(" ", problems), AGAIN);
    }

    private List<String> elsewhere() {
        Endpoint entered = sw.project().cluster(sw.to()).peer();
        List<String> wrong = new ArrayList<>();
        sw.fleet()
                .entries()
                .forEach((pooler, entries) -> entries.stream()
                        .filter(entry -> !leadsTo(entry, entered))
                        .forEach(entry -> wrong.add("Entry %s of %s still leads to %s:%d."
                                .formatted(entry.name(), pooler, entry.host(), entry.port()))));
        return wrong;
    }

    private static boolean leadsTo(DatabaseEntry entry, Endpoint side) {
        return side.host().equals(entry.host()) && side.port() == entry.port();
    }
}
