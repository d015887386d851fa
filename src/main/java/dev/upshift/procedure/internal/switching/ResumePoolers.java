package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;
import java.util.List;

/** Clients go on, on the side that is entered. */
final class ResumePoolers extends SwitchStep {

    private static final Duration ATMOST = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofMillis(50);

    ResumePoolers(Switch sw) {
        super(sw, "resume-poolers", Part.COMPLETION, Duration.ofMinutes(1));
    }

    @Override
    public String sentence() {
        return "Let the %s accept writes and RESUME %s.".formatted(sw.to().word(), sw.poolersInWords());
    }

    @Override
    public StepOutcome perform(RunContext run) {
        sw.databases().forEach(database -> sw.liftFence(sw.to(), database));
        List<String> problems = sw.fleet().letClientsGo(ATMOST);
        if (!problems.isEmpty()) {
            List<String> away = sw.fleet().reconnect();
            return StepOutcome.retry(String.join(" ", problems) + " " + String.join(" ", away), AGAIN);
        }
        sw.watch().end();
        return StepOutcome.done("Clients are served by the %s; they were held for %d ms."
                .formatted(sw.to().word(), sw.watch().heldMillis().orElse(0L)));
    }
}
