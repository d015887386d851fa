package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.RowKey;
import dev.upshift.postgres.rows.ComparedRows.RowState;
import dev.upshift.postgres.rows.ComparedRows.TableSide;
import dev.upshift.postgres.rows.ComparedRows.Totals;
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

    /** How many rows that are being written at this very moment are looked at. */
    private static final int WRITTEN_ROWS = 5_000;

    private final BothSides sides;
    private final Runnable barrier;
    private final Runnable rest;
    private final ComparisonNotes notes;

    /**
     * @param barrier brings the subscribing side level with what the publishing side has now
     * @param rest lets a moment pass between two looks at single rows
     */
    TableComparison(BothSides sides, Runnable barrier, Runnable rest, ComparisonNotes notes) {
        this.sides = sides;
        this.barrier = barrier;
        this.rest = rest;
        this.notes = notes;
    }

    /** @param first what was found before; its row counts decide how fine the buckets are */
    TableOutcome compare(Answers<Totals> first) {
        int buckets =
                buckets(Math.max(first.publishing().rows(), first.subscribing().rows()));
        barrier.run();
        Answers<Map<Integer, Totals>> answers = sides.ask(side -> side.buckets(buckets));
        Findings findings = new Findings();
        for (Set<Integer> some : slices(answers)) {
            if (findings.add(suspects(some, buckets))) {
                return findings.outcome(first);
            }
        }
        findings.add(beingWritten());
        return findings.outcome(first);
    }

    /** For a table whose totals agree: looks only at what is being written, which may have looked alike by chance. */
    TableOutcome compareWritten(Answers<Totals> first) {
        Findings findings = new Findings();
        findings.add(beingWritten());
        return findings.outcome(first);
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

    /** Rows that are written on either side just now: a row that changes to and fro agrees every other time. */
    private List<RowKey> beingWritten() {
        Answers<Long> marks = sides.ask(TableSide::mark);
        rest.run();
        Set<RowKey> written = new LinkedHashSet<>(sides.publishing().writtenSince(marks.publishing(), WRITTEN_ROWS));
        written.addAll(sides.subscribing().writtenSince(marks.subscribing(), WRITTEN_ROWS));
        return List.copyOf(written);
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

    /** What came of the rows that were looked at one by one. */
    private final class Findings {

        private final Set<RowKey> looked = new LinkedHashSet<>();
        private final Map<RowKey, RowProof> undecided = new LinkedHashMap<>();
        private @Nullable String difference;

        /** @return whether one of them is proven to differ, which ends the comparison */
        boolean add(List<RowKey> rows) {
            List<RowKey> suspects = rows.stream().filter(looked::add).toList();
            for (int from = 0; from < suspects.size() && difference == null; from += PROVEN_AT_ONCE) {
                List<RowKey> part = suspects.subList(from, Math.min(suspects.size(), from + PROVEN_AT_ONCE));
                Map<RowKey, RowProof> notEqual = new RowProofs(sides, barrier, rest).notEqual(part);
                if (RowProofs.proven(notEqual).isPresent()) {
                    difference = notes.different(notEqual, suspects.size());
                }
                undecided.putAll(notEqual);
            }
            return difference != null;
        }

        TableOutcome outcome(Answers<Totals> first) {
            if (difference != null) {
                return new TableOutcome(Verdict.DIFFERENT, first, difference, false);
            }
            return undecided.isEmpty()
                    ? new TableOutcome(Verdict.EQUAL, first, ComparisonNotes.writtenMeanwhile(looked.size()), true)
                    : new TableOutcome(Verdict.FAILED, first, notes.undecided(undecided), true);
        }
    }
}
