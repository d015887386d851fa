package dev.upshift.switchover.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import dev.upshift.engine.RunFacts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredTests {

    @Test
    void whatIsWrittenIsRead() {
        OpenTransaction old = new OpenTransaction(900, "user app, application report, pid 11");
        OpenTransaction young = new OpenTransaction(30, "user app, pid 12");
        LoadSamples samples = new LoadSamples();
        samples.add(Optional.of(young), Duration.ofMillis(9));
        samples.add(Optional.of(old), Duration.ofMillis(4));
        samples.add(Optional.empty(), Duration.ofMillis(31));

        RunFacts evidence = Measured.load(samples)
                .and(Measured.openAtPause(young))
                .and(Evidence.HELD_AFTER.of(
                        Map.of("bouncer-a", Duration.ofMillis(41), "bouncer-b", Duration.ofMillis(12))))
                .and(Evidence.LARGEST_LAG.of(4_096L))
                .and(Evidence.SEQUENCES_OUTRUN.of(2));

        assertThat(Measured.load(evidence)).isEqualTo(new Load(3, old, young, 41, 9, 31, 4_096L, 2));
    }

    @Test
    void whatWasNotMeasuredIsAbsent() {
        RunFacts evidence = Measured.load(new LoadSamples());

        assertThat(Measured.load(evidence)).isEqualTo(new Load(0, null, null, 0, 0, 0, null, 0));
        assertThat(Measured.holdMillis(evidence)).isEmpty();
    }
}
