package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.project.Phase;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Whether both sides answer, and whether exactly one of them is open to writes. */
final class SideRules implements Rule {

    /** One late answer is a hiccup; the second or third in a row is not. */
    static final Duration HICCUP = Duration.ofSeconds(3);

    /** Longer than a restart of a server takes. */
    private static final Duration RESTART = Duration.ofSeconds(30);

    /** Longer than a switch is between fencing a side and calling the other one serving. */
    private static final Duration SWITCH = Duration.ofSeconds(30);

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        return evidence.sides().stream()
                .flatMap(side -> side.reachable() ? fence(evidence, side) : silence(evidence, side.side()));
    }

    private static Stream<Condition> silence(Evidence evidence, Side side) {
        String reason = String.join(" ", evidence.silent().getOrDefault(side, List.of()));
        Health lasting = evidence.links().isEmpty() ? Health.WARNING : Health.CRITICAL;
        String subject = "side:" + side;
        return Stream.of(
                Condition.after(HICCUP, subject, Health.UNKNOWN, reason),
                Condition.after(RESTART, subject, lasting, reason));
    }

    private static Stream<Condition> fence(Evidence evidence, SideSample sample) {
        Side side = sample.side();
        Side serving = evidence.project().servingSide();
        if (side == serving && sample.fenced()) {
            return Stream.of(Condition.after(
                    SWITCH,
                    "fence:" + side,
                    Health.CRITICAL,
                    "The %s serves clients, but its databases refuse writes. If no run is in progress, lift the fence: set default_transaction_read_only and CONNECTION LIMIT of its databases back."
                            .formatted(side.word())));
        }
        if (side != serving
                && !sample.fenced()
                && wasSwitched(evidence.project().phase())) {
            return Stream.of(Condition.after(
                    SWITCH,
                    "fence:" + side,
                    Health.CRITICAL,
                    "The %s is not fenced although the %s serves: whatever a client writes there is lost. Fence its databases (default_transaction_read_only = on), then look for sessions that wrote."
                            .formatted(side.word(), serving.word())));
        }
        return Stream.empty();
    }

    private static boolean wasSwitched(Phase phase) {
        return switch (phase) {
            case CUT_OVER, ROLLED_BACK -> true;
            case DRAFT, SCHEMA_COPIED, REPLICATING, FINISHED, ABANDONED -> false;
        };
    }
}
