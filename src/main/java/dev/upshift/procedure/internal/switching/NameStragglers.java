package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Fence.ClientSession;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;
import java.util.List;

/** Clients that came back to the side that was left, past the poolers: they can only read there, and nobody told them. */
final class NameStragglers extends SwitchStep {

    NameStragglers(Switch sw) {
        super(sw, "name-stragglers", Part.AFTER, Duration.ofMinutes(5));
    }

    @Override
    public String sentence() {
        return "Look which clients came back to the %s directly."
                .formatted(sw.from().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        List<ClientSession> back = sw.databases().stream()
                .flatMap(database ->
                        sw
                                .pool()
                                .reliably(
                                        sw.from(),
                                        database,
                                        Role.READ,
                                        sw.parts().fence()::clientSessions)
                                .stream())
                .toList();
        sw.evidence().put("stragglers", Integer.toString(back.size()));
        return back.isEmpty()
                ? StepOutcome.done("No client came back to the " + sw.from().word() + " directly.")
                : StepOutcome.done(
                        "On the %s again, past the poolers, and read-only there: %s. Lead them to the %s."
                                .formatted(
                                        sw.from().word(),
                                        SessionList.words(back),
                                        sw.to().word()),
                        SessionList.facts("stragglers", back));
    }
}
