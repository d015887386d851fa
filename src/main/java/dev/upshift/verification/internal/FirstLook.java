package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.Totals;
import dev.upshift.verification.internal.BothSides.Answers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The totals of one table on both sides.
 *
 * @param totals null if they could not be computed
 * @param failure why not
 * @param written whether rows were written on either side since the comparison began; then totals that agree prove
 *     nothing yet of a row that changes to and fro on one side
 */
record FirstLook(
        ComparedTable table,
        @Nullable Answers<Totals> totals,
        @Nullable RuntimeException failure,
        Duration took,
        boolean written) {

    /** Nothing more has to be looked at. */
    boolean isProof() {
        return agrees() && !written;
    }

    boolean agrees() {
        return totals != null && totals.publishing().equals(totals.subscribing());
    }
}
