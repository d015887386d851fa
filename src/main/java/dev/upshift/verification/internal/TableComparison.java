package dev.upshift.verification.internal;

import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.internal.BothSides.Answers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a table whose totals did not agree at first: by buckets of rows, in those that differ row by row, and the
 * rows that differ again and again behind a barrier. What differs only because it is being written dwindles at each
 * step; what remains is lost, surplus or wrong. See docs/adr/0010-verification-under-load.md.
 */
final class TableComparison {

    private static final int MOST_BUCKETS = 65_536;
    private static final int FEWEST_BUCKETS = 1_024;
    private static final int ROWS_PER_BUCKET = 256;

    /** How many rows are read from each side at once, about. */
    private static final long LISTED_ROWS = 100_000;

    /** How many rows are looked at one by one at once. */
    private static final int PROVEN_AT_ONCE = 1_000;

    private final BothSides sides;
    private final Runnable barrier;
    private final ComparisonNotes notes;

    /** @param barrier brings the subscribing side level with what the publishing side has now */
    TableComparison(BothSides sides, Runnable barrier, ComparisonNotes notes) {
        this.sides = sides;
        this.barrier = barrier;
        this.notes = notes;
    }

    /** @param first what was found before; its row counts decide how fine the buckets are */
    TableOutcome compare(Answers<Totals> first) {
        int buckets =
                buckets(Math.max(first.publishing().rows(), first.subscribing().rows()));
        barrier.run();
        Answers<Map<Integer, Totals>> answers = sides.ask(side -> side.buckets(buckets));
        int looked = 0;
        Map<RowKey, RowProof> undecided = new LinkedHashMap<>();
        for (Set<Integer> some : slices(answers)) {
            List<RowKey> suspects = suspects(some, buckets);
            looked += suspects.size();
            for (int from = 0; from < suspects.size(); from += PROVEN_AT_ONCE) {
                List<RowKey> part = suspects.subList(from, Math.min(suspects.size(), from + PROVEN_AT_ONCE));
                Map<RowKey, RowProof> notEqual = new RowProofs(sides, barrier).notEqual(part);
                if (RowProofs.proven(notEqual).isPresent()) {
                    return new TableOutcome(
                            Verdict.DIFFERENT, first, notes.different(notEqual, suspects.size()), false);
                }
                undecided.putAll(notEqual);
            }
        }
        return undecided.isEmpty()
                ? new TableOutcome(Verdict.EQUAL, first, ComparisonNotes.writtenMeanwhile(looked), true)
                : new TableOutcome(Verdict.FAILED, first, notes.undecided(undecided), true);
    }

    /** Buckets that differ, in groups of about as many rows as may be read at once. */
    private static List<Set<Integer>> slices(Answers<Map<Integer, Totals>> answers) {
        Map<Integer, Totals> here = answers.publishing();
        Map<Integer, Totals> there = answers.subscribing();
        Set<Integer> all = new LinkedHashSet<>(here.keySet());
        all.addAll(there.keySet());
        List<Set<Integer>> slices = new ArrayList<>();
        long rows = LISTED_ROWS;
        for (Integer bucket : all) {
            if (!Objects.equals(here.get(bucket), there.get(bucket))) {
                if (rows >= LISTED_ROWS) {
                    slices.add(new LinkedHashSet<>());
                    rows = 0;
                }
                slices.getLast().add(bucket);
                rows += Math.max(rows(here.get(bucket)), rows(there.get(bucket)));
            }
        }
        return slices;
    }

    /** Rows that are not the same on both sides at about the same moment. */
    private List<RowKey> suspects(Set<Integer> some, int buckets) {
        barrier.run();
        Answers<Map<RowKey, RowState>> rows = sides.ask(side -> side.rowsIn(some, buckets));
        Set<RowKey> all = new LinkedHashSet<>(rows.publishing().keySet());
        all.addAll(rows.subscribing().keySet());
        return all.stream()
                .filter(key -> !Objects.equals(
                        content(rows.publishing().get(key)),
                        content(rows.subscribing().get(key))))
                .collect(Collectors.toList());
    }

    private static int buckets(long rows) {
        long wanted = Long.highestOneBit(Math.max(1, rows / ROWS_PER_BUCKET));
        return Math.clamp(wanted, FEWEST_BUCKETS, MOST_BUCKETS);
    }

    private static long rows(@Nullable Totals totals) {
        return totals == null ? 0 : totals.rows();
    }

    private static @Nullable String content(@Nullable RowState state) {
        return state == null ? null : state.content();
    }
}
