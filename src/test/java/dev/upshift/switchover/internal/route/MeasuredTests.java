package dev.upshift.switchover.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredTests {

    private final Map<String, String> evidence = new HashMap<>();

    @Test
    void whatIsWrittenIsRead() {
        OpenTransaction old = new OpenTransaction(900, "user app, application report, pid 11");
        OpenTransaction young = new OpenTransaction(30, "user app, pid 12");
        LoadSamples samples = new LoadSamples();
        samples.add(Optional.of(young), Duration.ofMillis(9));
        samples.add(Optional.of(old), Duration.ofMillis(4));
        samples.add(Optional.empty(), Duration.ofMillis(31));

        Measured.putLoad(evidence, samples);
        Measured.putOpenAtPause(evidence, young);
        Measured.putHold(evidence, Map.of("bouncer-a", Duration.ofMillis(41), "bouncer-b", Duration.ofMillis(12)));
        Measured.putLargestLag(evidence, 4_096);
        Measured.putOutrun(evidence, 2);

        assertThat(Measured.load(evidence)).isEqualTo(new Load(3, old, young, 41, 9, 31, 4_096L, 2));
    }

    @Test
    void whatWasNotMeasuredIsAbsent() {
        Measured.putLoad(evidence, new LoadSamples());

        assertThat(Measured.load(evidence)).isEqualTo(new Load(0, null, null, 0, 0, 0, null, 0));
        assertThat(Measured.holdMillis(evidence)).isEmpty();
    }
}
