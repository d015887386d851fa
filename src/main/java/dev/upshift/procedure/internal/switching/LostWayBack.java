package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Links.SlotState;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way back whose slot is gone: what was written since is missing from it, and nothing brings it back. A person is told
 * first; when he continues the run, it ends without a way back.
 */
final class LostWayBack {

    /** Fact and evidence: set once somebody went on without a way back. */
    private static final String WAY_BACK = "wayBack";

    private static final String NONE = "none";

    /** The fact while it was only said: a person may have continued the run for another reason. */
    private static final String SAID = "lost";

    private LostWayBack() {}

    /** What a step comes to when the way back is lost; empty while it is not. */
    static Optional<StepOutcome> outcome(Switch sw, RunContext run) {
        List<String> lost = sw.databases().stream()
                .filter(database -> isLost(sw, database))
                .map(sw::wayBack)
                .toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        String known = run.facts().get(WAY_BACK);
        if (NONE.equals(known) || (SAID.equals(known) && run.isContinued())) {
            sw.evidence().put(WAY_BACK, NONE);
            return Optional.of(StepOutcome.done(
                    "There is no way back; the run was continued without one.", Map.of(WAY_BACK, NONE)));
        }
        run.remember("There is no way back any more.", Map.of(WAY_BACK, SAID));
        return Optional.of(
                StepOutcome.failed(("The replication slot %s on the %s is gone, from which the %s would have followed:"
                                + " there is no way back any more. Clients are served. Continuing the run accepts that.")
                        .formatted(
                                String.join(" and ", lost),
                                sw.to().word(),
                                sw.from().word())));
    }

    private static boolean isLost(Switch sw, String database) {
        Optional<SlotState> slot = sw.pool()
                .reliably(
                        sw.to(),
                        database,
                        Role.READ,
                        session -> sw.parts().links().slot(session, sw.wayBack(database)));
        return slot.filter(found -> !FeedingLink.LOST.equals(found.walStatus())).isEmpty();
    }

    /** For the last sentence of a switch. */
    static String inWords(Switch sw) {
        return NONE.equals(sw.evidence().get(WAY_BACK))
                ? "There is no way back: its replication slot was lost."
                : "The way back is ready.";
    }
}
