package dev.upshift.monitoring.internal.metrics;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.shared.ByteCount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One project's gauges. Each reads the last snapshot when it is scraped; what is not known is no number (NaN). */
final class ProjectMetrics {

    private static final Map<String, ToIntFunction<TableCounts>> TABLE_STATES = Map.of(
            "pending", TableCounts::pending,
            "copying", TableCounts::copying,
            "ready", TableCounts::ready,
            "error", TableCounts::error);

    private final Supplier<Optional<ReplicationSnapshot>> latest;
    private final Clock clock;
    private final MultiGauge lagBytes;
    private final MultiGauge lagSeconds;
    private final MultiGauge retainedBytes;
    private final MultiGauge errors;
    private final MultiGauge poolerWaiting;
    private final MultiGauge poolerPaused;
    private final MultiGauge tables;
    private final MultiGauge health;
    private final MultiGauge age;

    ProjectMetrics(String slug, Supplier<Optional<ReplicationSnapshot>> latest, MeterRegistry registry, Clock clock) {
        this.latest = latest;
        this.clock = clock;
        Function<String, MultiGauge.Builder> gauge =
                name -> MultiGauge.builder("upshift." + name).tag("project", slug);
        this.lagBytes = gauge.apply("replication.lag")
                .description("How far the subscriber's flushed position is behind the publisher's log")
                .baseUnit("bytes")
                .register(registry);
        this.lagSeconds = gauge.apply("replication.lag.time")
                .description("Age of the oldest change that the subscriber has not flushed")
                .baseUnit("seconds")
                .register(registry);
        this.retainedBytes = gauge.apply("replication.retained")
                .description("Write-ahead log that the link's slot holds back at the publisher")
                .baseUnit("bytes")
                .register(registry);
        this.errors = gauge.apply("replication.errors")
                .description("Apply and copy errors that the subscriber has counted, from PostgreSQL 15 on")
                .register(registry);
        this.poolerWaiting = gauge.apply("pooler.waiting.clients")
                .description("Clients that wait for a server connection")
                .register(registry);
        this.poolerPaused = gauge.apply("pooler.paused")
                .description("1 while the pooler holds its clients")
                .register(registry);
        this.tables =
                gauge.apply("tables").description("Tables by how far they are").register(registry);
        this.health = gauge.apply("health")
                .description("1 for the health that the project is in")
                .register(registry);
        this.age = gauge.apply("snapshot.age")
                .description("Time since the project was sampled last")
                .baseUnit("seconds")
                .register(registry);
        everyProject();
    }

    /** Adds gauges for what is new in the snapshot and removes those of what is gone. */
    void follow(ReplicationSnapshot snapshot) {
        links(lagBytes, snapshot, link -> bytes(link.lag()));
        links(lagSeconds, snapshot, link -> seconds(link.lagTime()));
        links(retainedBytes, snapshot, link -> bytes(link.retained()));
        links(errors, snapshot, link -> link.applyErrors() + link.syncErrors());
        poolers(poolerWaiting, snapshot, PoolerSample::waiting);
        poolers(poolerPaused, snapshot, pooler -> pooler.state() == PoolerState.PAUSED ? 1 : 0);
    }

    void remove() {
        Stream.of(lagBytes, lagSeconds, retainedBytes, errors, poolerWaiting, poolerPaused, tables, health, age)
                .forEach(gauges -> gauges.register(List.of(), true));
    }

    private void everyProject() {
        tables.register(TABLE_STATES.entrySet().stream()
                .<Row<?>>map(state -> Row.of(
                        Tags.of("state", state.getKey()),
                        read(snapshot -> state.getValue().applyAsInt(snapshot.tables()))))
                .toList());
        health.register(Stream.of(Health.values())
                .<Row<?>>map(one -> Row.of(
                        Tags.of("health", one.name().toLowerCase(Locale.ROOT)),
                        read(snapshot -> snapshot.health() == one ? 1 : 0)))
                .toList());
        age.register(List.of(Row.of(
                Tags.empty(), read(snapshot -> seconds(Duration.between(snapshot.takenAt(), clock.instant()))))));
    }

    private void links(MultiGauge gauges, ReplicationSnapshot snapshot, Function<LinkSample, @Nullable Number> value) {
        gauges.register(snapshot.links().stream()
                .<Row<?>>map(known -> Row.of(
                        Tags.of(
                                "database",
                                known.database(),
                                "direction",
                                known.direction().word()),
                        read(now -> now.links().stream()
                                .filter(link -> link.slot().equals(known.slot()))
                                .findFirst()
                                .map(value)
                                .orElse(null))))
                .toList());
    }

    private void poolers(MultiGauge gauges, ReplicationSnapshot snapshot, Function<PoolerSample, Number> value) {
        gauges.register(snapshot.poolers().stream()
                .<Row<?>>map(known -> Row.of(
                        Tags.of("pooler", known.name()),
                        read(now -> now.poolers().stream()
                                .filter(pooler ->
                                        pooler.name().equals(known.name()) && pooler.state() != PoolerState.UNREACHABLE)
                                .findFirst()
                                .map(value)
                                .orElse(null))))
                .toList());
    }

    private Supplier<Number> read(Function<ReplicationSnapshot, @Nullable Number> value) {
        return () -> {
            Number known = latest.get().map(value).orElse(null);
            return known == null ? Double.NaN : known;
        };
    }

    private static @Nullable Number bytes(@Nullable ByteCount count) {
        return count == null ? null : count.bytes();
    }

    private static @Nullable Number seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
