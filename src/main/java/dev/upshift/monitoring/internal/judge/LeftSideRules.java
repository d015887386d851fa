package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.internal.probe.DatabaseReading.Passing;
import dev.upshift.project.Phase;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether somebody can write on the side that a switch has left, past its fence: a client whose role overrides the
 * read-only default, or one that said so for himself and is seen in a transaction that has written.
 */
final class LeftSideRules implements Rule {

    private static final int NAMED = 3;

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        Phase phase = evidence.project().phase();
        if (phase != Phase.CUT_OVER && phase != Phase.ROLLED_BACK) {
            return Stream.empty();
        }
        Side left = evidence.project().servingSide().other();
        Passing passing = evidence.passing().getOrDefault(left, Passing.NOBODY);
        return Stream.of(
                        Map.entry(Health.CRITICAL, passing.writing()),
                        Map.entry(
                                Health.WARNING,
                                passing.able().stream()
                                        .filter(who -> !passing.writing().contains(who))
                                        .toList()))
                .filter(found -> !found.getValue().isEmpty())
                .map(found -> condition(left, found.getKey(), found.getValue()));
    }

    private static Condition condition(Side left, Health severity, List<String> who) {
        String does = severity == Health.CRITICAL ? "writes" : "can write";
        return Condition.after(
                SideRules.HICCUP,
                "left:" + left + ":" + severity,
                severity,
                "Somebody %s on the %s, which was left, in spite of its fence: %s. What is written there is not on the %s. Lead them to the poolers, end their sessions there, and take back what lets their roles write (ALTER ROLE … RESET default_transaction_read_only)."
                        .formatted(does, left.word(), some(who), left.other().word()));
    }

    private static String some(List<String> who) {
        String named = String.join(", ", who.subList(0, Math.min(NAMED, who.size())));
        return who.size() > NAMED ? named + " and " + (who.size() - NAMED) + " more" : named;
    }
}
