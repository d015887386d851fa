package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.Figures;
import dev.upshift.dashboard.web.Tone;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The links of one direction, drawn as one arrow.
 *
 * @param state how they are, e.g. {@code way back ready}
 * @param lag how far the slowest of them is behind
 */
public record LinkArrow(Direction direction, Tone tone, String state, String lag) {

    /** Empty when nothing replicates that way. */
    static Optional<LinkArrow> of(Direction direction, List<LinkSample> all, Figures figures) {
        List<LinkSample> links =
                all.stream().filter(link -> link.direction() == direction).toList();
        if (links.isEmpty()) {
            return Optional.empty();
        }
        boolean runs = links.stream().allMatch(link -> link.enabled() && link.workerRunning() && link.slotActive());
        boolean fails = links.stream().anyMatch(link -> link.walStatus() == WalStatus.LOST);
        Tone tone = fails ? Tone.BAD : runs ? Tone.GOOD : Tone.WARNING;
        return Optional.of(new LinkArrow(direction, tone, state(direction, runs, fails), lag(links, figures)));
    }

    private static String state(Direction direction, boolean runs, boolean fails) {
        String what = direction == Direction.FORWARD ? "replication" : "way back";
        if (fails) {
            return what + " lost";
        }
        if (!runs) {
            return what + " not running";
        }
        return direction == Direction.FORWARD ? "replicating" : "way back ready";
    }

    private static String lag(List<LinkSample> links, Figures figures) {
        if (links.stream().anyMatch(link -> link.lag() == null)) {
            return "lag not known";
        }
        long bytes = links.stream()
                .map(LinkSample::lag)
                .filter(Objects::nonNull)
                .mapToLong(ByteCount::bytes)
                .max()
                .orElse(0);
        Optional<Duration> time = links.stream()
                .map(LinkSample::lagTime)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .filter(longest -> longest.toMillis() >= 1);
        return figures.bytes(bytes)
                + time.map(longest -> " · " + figures.duration(longest)).orElse("")
                + " behind";
    }
}
