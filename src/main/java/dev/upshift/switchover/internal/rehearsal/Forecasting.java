package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Rehearsal.Forecast;
import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.Rehearsal.OpenTransaction;
import dev.upshift.engine.Rehearsal.Part;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out from a rehearsal how long the real switch may hold clients; {@link Forecast} says what that is worth. */
final class Forecasting {

    /**
     * What a first switch is allowed for the parts that no rehearsal has, milliseconds: half as much again as they took
     * on two busy cores ({@code RehearsalIT}: 97 ms), because nothing of this project is known yet.
     */
    static final long ALLOWANCE = 150;

    static final String PAUSE = "pause-poolers";
    static final String BARRIER = "await-barrier";

    /** What a rehearsal and a switch both do while clients are held. */
    static final Set<String> SHARED = Set.of(PAUSE, "raise-fence", "drain-transactions", BARRIER, "look-again");

    private Forecasting() {}

    static Forecast of(List<Part> parts, Load load, OptionalLong measuredRest, Duration budget) {
        long rest = measuredRest.orElse(ALLOWANCE);
        long usual = shared(parts) + rest;
        long unlucky =
                usual + moreToWaitFor(load.oldestTransaction(), load.heldPauseMillis()) + moreToApply(parts, load);
        return new Forecast(
                usual, Math.max(usual, Math.min(unlucky, budget.toMillis())), rest, measuredRest.isPresent());
    }

    /** What a switch took for the parts that a rehearsal leaves out, milliseconds. */
    static long rest(long pauseMillis, List<Part> window) {
        return Math.max(0, pauseMillis - shared(window));
    }

    private static long shared(List<Part> parts) {
        return parts.stream()
                        .filter(part -> SHARED.contains(part.step()))
                        .mapToLong(Part::micros)
                        .sum()
                / 1_000;
    }

    private static long moreToWaitFor(@Nullable OpenTransaction oldest, long heldMillis) {
        return oldest == null ? 0 : Math.max(0, oldest.ageMillis() - heldMillis);
    }

    private static long moreToApply(List<Part> parts, Load load) {
        long barrier = parts.stream()
                .filter(part -> part.step().equals(BARRIER))
                .mapToLong(part -> part.micros() / 1_000)
                .sum();
        return Math.max(0, load.slowestBarrierMillis() - barrier);
    }
}
