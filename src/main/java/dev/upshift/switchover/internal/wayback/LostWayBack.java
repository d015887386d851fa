package dev.upshift.switchover.internal.wayback;

import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.Links.SlotState;
import dev.upshift.postgres.Links.SubscriptionState;
import dev.upshift.shared.Lsn;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way back whose slot is gone, or was made again: what was written since is missing from it, and nothing brings it back. A person is told
 * first; when he continues the run, it ends without a way back.
 */
public final class LostWayBack {

    /** Fact and evidence: set once somebody went on without a way back. */
    private static final String WAY_BACK = "wayBack";

    private static final String NONE = "none";

    private static final String READY = "ready";

    /** Evidence: it works, and what was written to it meanwhile may not have come. */
    private static final String DOUBTED = "in doubt: ";

    /** The fact while it was only said: a person may have continued the run for another reason. */
    private static final String SAID = "lost";

    private LostWayBack() {}

    /** What a step comes to when the way back is lost; empty while it is not. */
    static Optional<StepOutcome> outcome(Switch sw, RunContext run) {
        List<String> lost = sw.databases().stream()
                .flatMap(database -> lost(sw, run, database).stream())
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
                StepOutcome.failed(("On the %s the replication slot %s, from which the %s would have followed:"
                                + " there is no way back any more. Clients are served. Continuing the run accepts that.")
                        .formatted(
                                sw.to().word(),
                                String.join(" and ", lost),
                                sw.from().word())));
    }

    /**
     * Name and fate of a slot that cannot be followed. Until it is subscribed to, a slot stands before the
     * noted start; one that was made again stands behind all that was written when it was made.
     */
    private static Optional<String> lost(Switch sw, RunContext run, String database) {
        String name = sw.wayBack(database);
        Optional<SlotState> slot = sw.pool()
                .reliably(
                        sw.to(),
                        database,
                        Role.READ,
                        session -> sw.servers().links().slot(session, name))
                .filter(found -> !found.isLost());
        if (slot.isEmpty()) {
            return Optional.of(name + " is gone");
        }
        return isBeyondItsStart(slot.get(), run, database) && !isFollowed(sw, database)
                ? Optional.of(name + " was dropped and made again")
                : Optional.empty();
    }

    private static boolean isBeyondItsStart(SlotState slot, RunContext run, String database) {
        Lsn confirmed = slot.confirmedFlush();
        String start = run.facts().get(NoteWayBack.START + database);
        return confirmed != null && start != null && confirmed.compareTo(Lsn.parse(start)) > 0;
    }

    private static boolean isFollowed(Switch sw, String database) {
        return sw.pool()
                .reliably(
                        sw.from(),
                        database,
                        Role.READ,
                        session -> sw.servers().links().subscription(session, sw.wayBack(database)))
                .filter(SubscriptionState::enabled)
                .isPresent();
    }

    /** A way back that was seen to work. */
    static StepOutcome ready(Switch sw) {
        sw.evidence().put(WAY_BACK, READY);
        return StepOutcome.done("The way back is ready: what is written on the %s arrives on the %s."
                .formatted(sw.to().word(), sw.from().word()));
    }

    /** A way back that works and has left something out, or may have: no reason to wait, and going back is refused. */
    static StepOutcome doubted(Switch sw, String doubts) {
        sw.evidence().put(WAY_BACK, DOUBTED + doubts);
        return StepOutcome.done("What is written on the %s arrives on the %s. The way back is not ready: %s"
                .formatted(sw.to().word(), sw.from().word(), doubts));
    }

    /** For the last sentence of a switch. */
    public static String inWords(Switch sw) {
        String known = sw.evidence().getOrDefault(WAY_BACK, "");
        if (NONE.equals(known)) {
            return "There is no way back: its replication slot was lost.";
        }
        if (known.startsWith(DOUBTED)) {
            return "The way back is not ready: " + known.substring(DOUBTED.length());
        }
        return known.equals(READY)
                ? "The way back is ready."
                : "Whether the way back is ready, the run's last step says."; // taken over after that step
    }
}
