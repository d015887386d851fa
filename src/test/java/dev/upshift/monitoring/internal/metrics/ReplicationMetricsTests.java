package dev.upshift.monitoring.internal.metrics;

import static dev.upshift.monitoring.internal.probe.Made.scene;
import static dev.upshift.monitoring.internal.probe.Made.slot;
import static dev.upshift.project.Phase.REPLICATING;
import static dev.upshift.shared.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.internal.judge.Memory;
import dev.upshift.monitoring.internal.probe.Made;
import dev.upshift.shared.ByteCount;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplicationMetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<ReplicationSnapshot> latest = new AtomicReference<>();
    private final ProjectMetrics metrics = new ProjectMetrics(
            "lab",
            () -> Optional.ofNullable(latest.get()),
            registry,
            Clock.fixed(Made.NOON.plusSeconds(7), ZoneOffset.UTC));
    private final Memory memory = new Memory(new ByteCount(Long.MAX_VALUE));

    @Test
    void readTheLastSnapshot() {
        show(scene(REPLICATING).forwardLink().publishing(SOURCE, 1700, slot(1000)));

        assertThat(gauge("upshift.replication.lag", "direction", "forward")).isEqualTo(700);
        assertThat(gauge("upshift.replication.retained", "database", "shop")).isZero();
        assertThat(gauge("upshift.tables", "state", "ready")).isEqualTo(1);
        assertThat(gauge("upshift.tables", "state", "error")).isZero();
        assertThat(gauge("upshift.health", "health", "healthy")).isEqualTo(1);
        assertThat(gauge("upshift.health", "health", "critical")).isZero();
        assertThat(gauge("upshift.pooler.paused", "pooler", "bouncer-a")).isZero();
        assertThat(gauge("upshift.snapshot.age", "project", "lab")).isEqualTo(7);
    }

    @Test
    void followWhatComesAndGoes() {
        show(scene(REPLICATING));
        assertThat(registry.find("upshift.replication.lag").gauges()).isEmpty();
        show(scene(REPLICATING).forwardLink());
        assertThat(registry.find("upshift.replication.lag").gauges()).hasSize(1);
        show(scene(REPLICATING));
        assertThat(registry.find("upshift.replication.lag").gauges()).isEmpty();
        metrics.remove();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsNoNumber() {
        show(scene(REPLICATING).forwardLink().silent(SOURCE));
        assertThat(gauge("upshift.replication.lag", "direction", "forward")).isNaN();

        latest.set(null);
        assertThat(gauge("upshift.snapshot.age", "project", "lab")).isNaN();
    }

    private void show(Made.Scene scene) {
        ReplicationSnapshot snapshot = memory.see(scene.seen()).snapshot();
        latest.set(snapshot);
        metrics.follow(snapshot);
    }

    private double gauge(String name, String tag, String value) {
        Gauge gauge = registry.get(name).tag(tag, value).gauge();
        return gauge.value();
    }
}
