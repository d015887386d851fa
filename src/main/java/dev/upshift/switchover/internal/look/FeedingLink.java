package dev.upshift.switchover.internal.look;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.LostLink;
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
        return unsubscribed()
                .or(this::lost)
                .or(() -> disabled("Its server log has the error that stopped it."))
                .map(Finding::sentence);
    }

    /** Says so when nobody subscribes any more. */
    public Optional<Finding> unsubscribed() {
        return subscription.isPresent() ? Optional.empty() : Optional.of(LostLink.unsubscribed(to, database, name));
    }

    /** Says so when the slot does not have any more, or never had, what is to be sent. */
    public Optional<Finding> lost() {
        if (slot.isEmpty()) {
            return Optional.of(LostLink.slot(to, database, name, "gone"));
        }
        return slot.get().isLost()
                ? Optional.of(LostLink.slot(to, database, name, "lost (max_slot_wal_keep_size)"))
                : Optional.empty();
    }

    /**
     * Says so when the subscription is disabled.
     *
     * @param why what stopped it, or where that can be seen, in a sentence
     */
    public Optional<Finding> disabled(String why) {
        return subscription
                .filter(state -> !state.enabled())
                .map(state -> new Finding(
                        Place.on(to, database),
                        List.of(name),
                        "the subscription %s is disabled: nothing arrives there. %s".formatted(name, why),
                        "Remove the cause, then %s; there, and verify."
                                .formatted(
                                        FencedStatements.one(fenced, "ALTER SUBSCRIPTION %s ENABLE".formatted(name)))));
    }

    /** Whether a worker applies what is sent, and will be started again. */
    public boolean works() {
        return subscription
                .filter(state -> state.enabled() && state.workerPid() != null)
                .isPresent();
    }

    /** How far the entered side is behind, if that is more than so much. */
    public Optional<ByteCount> tooFarBehind(ByteCount limit) {
        return slot.map(SlotState::behind).filter(bytes -> bytes.compareTo(limit) > 0);
    }

    /** What time mends; empty when the link works and the entered side is no more than so much behind. */
    public Optional<String> behind(ByteCount limit) {
        if (subscription.map(SubscriptionState::workerPid).isEmpty()
                || slot.filter(SlotState::active).isEmpty()) {
            return Optional.of("The apply worker of " + database + " is not running (yet).");
        }
        return tooFarBehind(limit).map(bytes -> "%s is %s behind, more than %s.".formatted(database, bytes, limit));
    }
}
