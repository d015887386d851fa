package dev.upshift.monitoring;

import dev.upshift.monitoring.TableProgress.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of tables.
 *
 * @param page from 0; the last page there is, if a later one was asked for
 * @param matching how many tables match the query, over all pages
 * @param total how many tables there are
 * @param states how many tables there are in each state, whatever the query; every state has a count
 * @param takenAt when the tables were seen so; null while they never were
 */
public record TablePage(
        List<TableProgress> items,
        int page,
        int size,
        int matching,
        int total,
        Map<State, Integer> states,
        @Nullable Instant takenAt) {

    public int pages() {
        return Math.max(1, Math.ceilDiv(matching, size));
    }
}
