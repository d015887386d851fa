package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.internal.judge.LinkEvidence.End;
import dev.upshift.monitoring.internal.probe.DatabaseReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.SubscriptionReading;
import dev.upshift.monitoring.internal.probe.Observation;
import dev.upshift.postgres.DatabaseLooks.SlotReading;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what both ends of a link tell, with what earlier samples told. A link exists while either end has its
 * part of it; one that was seen is not forgotten while an end does not answer.
 */
final class LinkHistory {

    private final Map<LinkKey, ObservedLink> links = new HashMap<>();

    /** The links that exist, forward before reverse. */
    List<LinkEvidence> read(Observation observation) {
        List<LinkEvidence> links = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (String database : observation.project().databases()) {
                read(observation, new LinkKey(database, direction)).ifPresent(links::add);
            }
        }
        return List.copyOf(links);
    }

    private Optional<LinkEvidence> read(Observation observation, LinkKey key) {
        Optional<DatabaseReading> publisher =
                observation.reading(key.direction().from(), key.database());
        Optional<DatabaseReading> subscriber =
                observation.reading(key.direction().to(), key.database());
        SlotReading slot = publisher.map(DatabaseReading::slot).orElse(null);
        SubscriptionReading subscription =
                subscriber.map(DatabaseReading::subscription).orElse(null);
        End slotEnd = end(publisher.isPresent(), slot != null);
        End subscriptionEnd = end(subscriber.isPresent(), subscription != null);
        boolean known = links.containsKey(key) && (slotEnd == End.UNKNOWN || subscriptionEnd == End.UNKNOWN);
        if (slotEnd != End.PRESENT && subscriptionEnd != End.PRESENT && !known) {
            links.remove(key);
            return Optional.empty();
        }
        ObservedLink observed = links.computeIfAbsent(key, first -> new ObservedLink());
        return Optional.of(new LinkEvidence(
                sample(observation, key, observed, publisher.map(DatabaseReading::written), slot, subscription),
                slotEnd,
                subscriptionEnd,
                subscription == null ? 0 : observed.errors(observation.at(), subscription),
                subscription == null ? null : subscription.failure()));
    }

    private static LinkSample sample(
            Observation observation,
            LinkKey key,
            ObservedLink observed,
            Optional<Lsn> written,
            @Nullable SlotReading slot,
            @Nullable SubscriptionReading subscription) {
        Lsn confirmed = slot == null ? null : slot.confirmed();
        ByteCount lag = confirmed == null
                ? null
                : written.map(end -> end.since(confirmed)).orElse(null);
        Long retained = slot == null ? null : slot.retainedBytes();
        return new LinkSample(
                key.database(),
                key.direction(),
                lag,
                slot == null ? null : observed.lagTime(observation.at(), written, slot),
                LinkNames.link(observation.project().slug(), key.database(), key.direction()),
                slot != null && slot.active(),
                slot == null ? null : slot.walStatus(),
                retained == null ? null : new ByteCount(retained),
                subscription != null && subscription.enabled(),
                subscription != null && subscription.workerRunning(),
                subscription == null ? 0 : subscription.applyErrors(),
                subscription == null ? 0 : subscription.syncErrors());
    }

    private static End end(boolean answered, boolean there) {
        if (!answered) {
            return End.UNKNOWN;
        }
        return there ? End.PRESENT : End.ABSENT;
    }

    private record LinkKey(String database, Direction direction) {}

    /** What is remembered of one link. */
    private static final class ObservedLink {

        private final LagClock lag = new LagClock();
        private final RecentErrors errors = new RecentErrors();

        @Nullable Duration lagTime(Instant at, Optional<Lsn> written, SlotReading slot) {
            Lsn confirmed = slot.confirmed();
            return confirmed == null || written.isEmpty()
                    ? null
                    : lag.read(at, written.get(), confirmed, slot.active() ? slot.reportedLag() : null);
        }

        long errors(Instant at, SubscriptionReading subscription) {
            return errors.read(at, subscription.applyErrors() + subscription.syncErrors());
        }
    }
}
