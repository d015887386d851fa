package dev.upshift.switchover.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.shared.Lsn;
import org.junit.jupiter.api.Test;

class StillnessTests {

    private final Stillness stillness = new Stillness();

    @Test
    void oneSentinelForEachDatabaseIsNobodysWrite() {
        stillness.begins("shop", 100);
        stillness.begins("billing", 100);
        stillness.arrived("shop", new Lsn(7));
        stillness.arrived("billing", new Lsn(9));

        assertThat(stillness.lasts("shop", 102)).isTrue();
        assertThat(stillness.lasts("billing", 102)).isTrue();
        assertThat(stillness.lasts("shop", 103)).isFalse();
        assertThat(stillness.arrived("billing")).isEqualTo(new Lsn(9));
        assertThat(stillness.hasArrived("billing")).isTrue();
    }

    @Test
    void nothingIsProvenWhereNobodyLooked() {
        assertThat(stillness.lasts("shop", 0)).isFalse();
        assertThat(stillness.hasArrived("shop")).isFalse();
        assertThatThrownBy(() -> stillness.arrived("shop")).hasMessageContaining("shop");
    }
}
