package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerFleet.HoldOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the attempt to hold the clients of one pooler ended. */
sealed interface MemberHold {

    /** All held, {@code took} after PAUSE was sent. */
    record Held(Duration took) implements MemberHold {}

    /** Time was spent while server connections were in use. */
    record Draining(int stillActive) implements MemberHold {}

    /**
     * No moment came at which this one could be paused together with the others.
     *
     * @param ready that was not because of this one
     */
    record NeverCalm(boolean ready) implements MemberHold {}

    /** The pooler refused or was lost. */
    record Failed(String reason) implements MemberHold {}

    /** The attempt was over before this pooler was through. */
    record CutShort() implements MemberHold {}

    /** One outcome for the fleet: a failure counts most, then an end from outside, then lack of a moment, then of time. */
    static HoldOutcome together(Map<String, MemberHold> members) {
        Map<String, Duration> held = new LinkedHashMap<>();
        Map<String, Integer> draining = new LinkedHashMap<>();
        List<String> restless = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        HoldOutcome.Refused failed = null;
        HoldOutcome.Refused cutShort = null;
        for (Map.Entry<String, MemberHold> member : members.entrySet()) {
            switch (member.getValue()) {
                case Held(Duration took) -> held.put(member.getKey(), took);
                case Draining(int stillActive) -> draining.put(member.getKey(), stillActive);
                case NeverCalm(boolean ready) -> (ready ? kept : restless).add(member.getKey());
                case Failed(String reason) -> failed = new HoldOutcome.Refused(member.getKey(), reason);
                case CutShort() ->
                    cutShort = new HoldOutcome.Refused(
                            member.getKey(), "Clients were let go before all of them were held.");
            }
        }
        if (failed != null) {
            return failed;
        }
        if (cutShort != null) {
            return cutShort;
        }
        if (!restless.isEmpty() || !kept.isEmpty()) {
            return new HoldOutcome.NeverCalm(restless.isEmpty() ? kept : restless);
        }
        return draining.isEmpty() ? new HoldOutcome.Held(held) : new HoldOutcome.TooSlow(draining);
    }
}
