package dev.upshift.monitoring.internal.judge;

import static dev.upshift.monitoring.ReplicationSnapshot.Health.CRITICAL;

import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.records.SlotContinuity.Doubt;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the slot of each link is the one that was made for it. */
final class ContinuityRules implements Rule {

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        return evidence.links().stream()
                .map(LinkEvidence::sample)
                .flatMap(link -> Optional.ofNullable(evidence.doubts().get(link.slot())).stream()
                        .map(doubt -> condition(link, doubt)));
    }

    private static Condition condition(LinkSample link, Doubt doubt) {
        return Condition.atOnce(
                "link:" + link.database() + ":" + link.direction() + ":continuity",
                CRITICAL,
                doubt.inWords(
                        link.slot(),
                        link.database(),
                        link.direction().from().word(),
                        link.direction().to().word()));
    }
}
