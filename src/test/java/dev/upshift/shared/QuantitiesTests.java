package dev.upshift.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTests {

    @ParameterizedTest
    @CsvSource({
        "1048576, 1048576",
        "1 MiB, 1048576",
        "1MB, 1000000",
        "1.5 MB, 1500000",
        "500 kB, 500000",
        "2 gib, 2147483648",
        "7 B, 7"
    })
    void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
        assertThat(Quantities.bytes(text)).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "5, PT5S",
        "5 s, PT5S",
        "500 ms, PT0.5S",
        "2 min, PT2M",
        "1.5 h, PT1H30M",
        "2d, PT48H",
        "7 sec, PT7S",
        "PT7S, PT7S",
        "pt7s, PT7S"
    })
    void durationsToo(String text, Duration duration) {
        assertThat(Quantities.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-5 s", "5 parsec", "P5X", "1 MB 2", "1 qs"})
    void nonsenseIsNoQuantity(String text) {
        assertThat(Quantities.bytes(text)).isEmpty();
        assertThat(Quantities.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999, 1_000, 1_024, 1_048_576, 5_000_000, 1_048_577, 3L << 30})
    void aSizeIsReadBackExactly(long bytes) {
        assertThat(Quantities.bytes(Quantities.bytes(bytes))).contains(bytes);
    }

    @Test
    void aDurationIsReadBackExactly() {
        for (String iso : new String[] {"PT5S", "PT0.25S", "PT2M", "PT90S", "PT1H"}) {
            Duration duration = Duration.parse(iso);
            assertThat(Quantities.duration(Quantities.duration(duration))).contains(duration);
        }
    }
}
