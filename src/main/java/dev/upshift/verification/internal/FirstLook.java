package dev.upshift.verification.internal;

import dev.upshift.verification.internal.BothSides.Answers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The totals of one table on both sides.
 *
 * @param totals null if they could not be computed
 * @param failure why not
 */
record FirstLook(
        ComparedTable table,
        @Nullable Answers<Totals> totals,
        @Nullable RuntimeException failure,
        Duration took) {

    boolean agrees() {
        return totals != null && totals.publishing().equals(totals.subscribing());
    }
}
