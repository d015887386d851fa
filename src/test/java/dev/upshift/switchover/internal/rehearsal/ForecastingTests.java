package dev.upshift.switchover.internal.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Rehearsal.Forecast;
import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import dev.upshift.engine.Rehearsal.Part;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForecastingTests {

    private static final Duration BUDGET = Duration.ofSeconds(5);

    private static final List<Part> PARTS = List.of(
            new Part("pause-poolers", 40_000),
            new Part("raise-fence", 10_000),
            new Part("drain-transactions", 2_000),
            new Part("await-barrier", 8_000),
            new Part("resume-clients", 20_000));

    private static Load load(long oldestMillis, long slowestBarrier) {
        return new Load(50, new OpenTransaction(oldestMillis, "user app"), null, 40, 5, slowestBarrier, null, 0);
    }

    @Test
    void aFirstSwitchGetsAnAllowanceForWhatWasNotRehearsed() {
        Forecast forecast = Forecasting.of(PARTS, load(10, 5), OptionalLong.empty(), BUDGET);

        assertThat(forecast)
                .isEqualTo(new Forecast(
                        60 + Forecasting.ALLOWANCE, 60 + Forecasting.ALLOWANCE, Forecasting.ALLOWANCE, false));
    }

    @Test
    void whatTheLastSwitchTookIsBetterThanAnAllowance() {
        long rest = Forecasting.rest(190, List.of(new Part("pause-poolers", 100_000), new Part("stop-link", 30_000)));

        assertThat(rest).isEqualTo(90);
        assertThat(Forecasting.of(PARTS, load(10, 5), OptionalLong.of(rest), BUDGET))
                .isEqualTo(new Forecast(150, 150, 90, true));
    }

    @Test
    void badLuckIsTheOldestTransactionAndTheSlowestBarrier() {
        Forecast forecast = Forecasting.of(PARTS, load(1_040, 108), OptionalLong.of(90), BUDGET);

        assertThat(forecast.unluckyMillis()).isEqualTo(150 + 1_000 + 100);
    }

    @Test
    void theBudgetEndsBadLuck() {
        assertThat(Forecasting.of(PARTS, load(60_000, 5), OptionalLong.of(90), BUDGET)
                        .unluckyMillis())
                .isEqualTo(BUDGET.toMillis());
    }

    @Test
    void aSwitchWhoseJournalIsLongerThanItsPauseTellsNothingNegative() {
        assertThat(Forecasting.rest(10, PARTS)).isZero();
    }

    @Test
    void nothingOpenAtAnyLookAddsNothing() {
        Load calm = new Load(50, null, null, 40, 5, 5, null, 0);

        assertThat(Forecasting.of(PARTS, calm, OptionalLong.of(90), BUDGET).unluckyMillis())
                .isEqualTo(150);
    }
}
