package dev.upshift.switchover.internal.look;

import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.Links.SlotState;
import dev.upshift.postgres.Links.SubscriptionState;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The link that feeds the entered side of one database, as it is now: its subscription there, and its slot on the side
 * that is left.
 */
public record FeedingLink(
        String database,
        Side to,
        String name,
        Optional<SubscriptionState> subscription,
        Optional<SlotState> slot,
        boolean fenced) {

    public static FeedingLink of(Switch sw, String database) {
        String name = sw.link(database);
        return new FeedingLink(
                database,
                sw.to(),
                name,
                sw.servers().links().subscription(sw.onTo(database), name),
                sw.servers().links().slot(sw.onFrom(database), name),
                sw.project().isFenced(sw.to()));
    }

    /** Of all databases of the switch. */
    public static List<FeedingLink> all(Switch sw) {
        return sw.databases().stream().map(database -> of(sw, database)).toList();
    }

    /** What no waiting mends, and what to do, in a sentence for each link; empty while all can catch up. */
    public static Optional<String> broken(List<FeedingLink> links) {
        String all = links.stream()
                .map(FeedingLink::broken)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** What no waiting mends, and what to do; empty while the link can catch up. */
    public Optional<String> broken() {
        if (subscription.isEmpty()) {
            return Optional.of("The subscription %s on the %s is gone: nothing arrives there any more. %s"
                    .formatted(name, to.word(), beginAnew()));
        }
        if (slot.isEmpty() || slot.get().isLost()) {
            return Optional.of(
                    "The replication slot %s that feeds the %s is %s: what was written since is missing there. %s"
                            .formatted(
                                    name,
                                    to.word(),
                                    slot.isEmpty() ? "gone" : "lost (max_slot_wal_keep_size)",
                                    beginAnew()));
        }
        return subscription.get().enabled()
                ? Optional.empty()
                : Optional.of(
                        ("The subscription %s on the %s is disabled: nothing arrives there. Its server log has the error that"
                                        + " stopped it. Remove the cause, then %s; there, and verify.")
                                .formatted(
                                        name,
                                        to.word(),
                                        FencedStatements.one(fenced, "ALTER SUBSCRIPTION %s ENABLE".formatted(name))));
    }

    private String beginAnew() {
        return to == Side.TARGET
                ? "Abandon the upgrade and begin it anew."
                : "There is no way back without loss any more: stay where you are.";
    }

    /** What time mends; empty when the link works and the entered side is no more than so much behind. */
    public Optional<String> behind(ByteCount limit) {
        if (subscription.map(SubscriptionState::workerPid).isEmpty()
                || slot.filter(SlotState::active).isEmpty()) {
            return Optional.of("The apply worker of " + database + " is not running (yet).");
        }
        return slot.map(SlotState::behind)
                .filter(bytes -> bytes.compareTo(limit) > 0)
                .map(bytes -> "%s is %s behind, more than %s.".formatted(database, bytes, limit));
    }
}
