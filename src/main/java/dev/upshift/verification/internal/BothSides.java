package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.TableSide;
import dev.upshift.shared.FanOut;
import java.util.List;
import java.util.function.Function;

/**
 * A table on the side that publishes and on the side that subscribes, asked at the same time: what was written between
 * the two moments is then as little as can be, however long the answers take.
 */
record BothSides(TableSide publishing, TableSide subscribing) {

    <T> Answers<T> ask(Function<TableSide, T> question) {
        List<T> answers = FanOut.atOnce().share(List.of(publishing, subscribing), question);
        return new Answers<>(answers.getFirst(), answers.getLast());
    }

    /** Whether the totals of either side, asked for before, met what was written since the comparison began. */
    boolean wasWritten() {
        return publishing.wasWritten() || subscribing.wasWritten();
    }

    /** What the two sides say. */
    record Answers<T>(T publishing, T subscribing) {}
}
