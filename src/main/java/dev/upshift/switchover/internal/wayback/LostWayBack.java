package dev.upshift.switchover.internal.wayback;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.WayBackState;
import dev.upshift.engine.WayBackState.Stand;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.shared.Lsn;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Optional;

/**
 * A way back whose slot is gone, or was made again: what was written since is missing from it, and nothing brings it back. A person is told
 * first; when he continues the run, it ends without a way back.
 */
public final class LostWayBack {

    /** Where the run was taken over after the step that has seen it. */
    private static final String UNKNOWN = "Whether the way back is ready, the run's last step says.";

    private LostWayBack() {}

    /** What a step comes to when the way back is lost; empty while it is not. */
    static Optional<StepOutcome> outcome(Switch sw, RunContext run) {
        List<String> lost = sw.databases().stream()
                .flatMap(database -> lost(sw, run, database).stream())
                .toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        Optional<WayBackState> known = run.fact(Evidence.WAY_BACK);
        if (known.filter(state -> isAccepted(state, run)).isPresent()) {
            RunFacts none = Evidence.WAY_BACK.of(WayBackState.NONE);
            sw.keep(none);
            return Optional.of(StepOutcome.done("There is no way back; the run was continued without one.", none));
        }
        run.remember("There is no way back any more.", Evidence.WAY_BACK.of(WayBackState.LOST));
        return Optional.of(
                StepOutcome.failed(("On the %s the replication slot %s, from which the %s would have followed:"
                                + " there is no way back any more. Clients are served. Continuing the run accepts that.")
                        .formatted(
                                sw.to().word(),
                                String.join(" and ", lost),
                                sw.from().word())));
    }

    private static boolean isAccepted(WayBackState known, RunContext run) {
        return known.stand() == Stand.NONE || (known.stand() == Stand.LOST && run.isContinued());
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
        return confirmed != null
                && run.fact(Evidence.WAY_BACK_START.of(database))
                        .filter(start -> confirmed.compareTo(start) > 0)
                        .isPresent();
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
        sw.keep(Evidence.WAY_BACK.of(WayBackState.READY));
        return StepOutcome.done("The way back is ready: what is written on the %s arrives on the %s."
                .formatted(sw.to().word(), sw.from().word()));
    }

    /** A way back that works and has left something out, or may have: no reason to wait, and going back is refused. */
    static StepOutcome doubted(Switch sw, String doubts) {
        sw.keep(Evidence.WAY_BACK.of(WayBackState.inDoubt(doubts)));
        return StepOutcome.done("What is written on the %s arrives on the %s. The way back is not ready: %s"
                .formatted(sw.to().word(), sw.from().word(), doubts));
    }

    /** For the last sentence of a switch. */
    public static String inWords(Switch sw) {
        return sw.evidence().get(Evidence.WAY_BACK).map(LostWayBack::inWords).orElse(UNKNOWN);
    }

    private static String inWords(WayBackState state) {
        return switch (state.stand()) {
            case NONE -> "There is no way back: its replication slot was lost.";
            case IN_DOUBT -> "The way back is not ready: " + state.doubts();
            case READY -> "The way back is ready.";
            case LOST -> UNKNOWN;
        };
    }
}
