package dev.upshift.monitoring.web;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as the API shows it.
 *
 * @param takenAt null while the project was never sampled
 */
record ReplicationView(
        @Nullable Instant takenAt,
        Health health,
        List<String> reasons,
        List<LinkView> links,
        TablesView tables,
        List<SideView> sides,
        List<PoolerView> poolers,
        List<String> unreachable) {

    static ReplicationView of(ReplicationSnapshot snapshot) {
        return new ReplicationView(
                snapshot.takenAt(),
                snapshot.health(),
                snapshot.reasons(),
                snapshot.links().stream().map(LinkView::of).toList(),
                TablesView.of(snapshot.tables()),
                snapshot.sides().stream().map(SideView::of).toList(),
                snapshot.poolers().stream().map(PoolerView::of).toList(),
                snapshot.unreachable());
    }

    static ReplicationView notSampledYet() {
        return new ReplicationView(
                null,
                Health.UNKNOWN,
                List.of("The project was not sampled yet; the first sample takes a few seconds."),
                List.of(),
                TablesView.of(TableCounts.NONE),
                List.of(),
                List.of(),
                List.of());
    }

    /** What cannot be told is null. */
    record LinkView(
            String database,
            Direction direction,
            @Nullable Long lagBytes,
            @Nullable Long lagMillis,
            String slot,
            boolean slotActive,
            @Nullable String walStatus,
            @Nullable Long retainedBytes,
            boolean enabled,
            boolean workerRunning,
            long applyErrors,
            long syncErrors) {

        static LinkView of(LinkSample link) {
            return new LinkView(
                    link.database(),
                    link.direction(),
                    bytes(link.lag()),
                    millis(link.lagTime()),
                    link.slot(),
                    link.slotActive(),
                    link.walStatus() == null ? null : link.walStatus().word(),
                    bytes(link.retained()),
                    link.enabled(),
                    link.workerRunning(),
                    link.applyErrors(),
                    link.syncErrors());
        }

        private static @Nullable Long bytes(@Nullable ByteCount count) {
            return count == null ? null : count.bytes();
        }

        private static @Nullable Long millis(@Nullable Duration duration) {
            return duration == null ? null : duration.toMillis();
        }
    }

    /** How many tables are how far. */
    record TablesView(int pending, int copying, int ready, int error) {

        static TablesView of(TableCounts counts) {
            return new TablesView(counts.pending(), counts.copying(), counts.ready(), counts.error());
        }
    }

    /** One of the two clusters. */
    record SideView(
            Side side,
            boolean reachable,
            boolean fenced,
            @Nullable String version) {

        static SideView of(SideSample sample) {
            return new SideView(sample.side(), sample.reachable(), sample.fenced(), sample.version());
        }
    }

    /** One of the poolers. */
    record PoolerView(String name, PoolerState state, Destination leadsTo, int clients, int waiting) {

        static PoolerView of(PoolerSample sample) {
            return new PoolerView(sample.name(), sample.state(), sample.leadsTo(), sample.clients(), sample.waiting());
        }
    }
}
