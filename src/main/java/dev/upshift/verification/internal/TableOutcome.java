package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.Totals;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.internal.BothSides.Answers;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of one table came to.
 *
 * @param totals as they were found at first
 * @param writtenMeanwhile then the hashes of the two sides stand for different moments and tell nothing
 */
record TableOutcome(
        Verdict verdict, Answers<Totals> totals, @Nullable String note, boolean writtenMeanwhile) {

    static final Answers<Totals> NOTHING = new Answers<>(new Totals(0, null), new Totals(0, null));

    static TableOutcome without(Verdict verdict, String note) {
        return new TableOutcome(verdict, NOTHING, note, false);
    }
}
