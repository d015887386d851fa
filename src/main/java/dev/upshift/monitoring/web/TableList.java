package dev.upshift.monitoring.web;

import dev.upshift.monitoring.TablePage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tables as the API shows it.
 *
 * @param matching how many tables match the filter, over all pages
 * @param total how many tables there are
 * @param takenAt when they were seen so; null while they never were
 */
record TableList(
        List<TableView> items,
        int page,
        int pages,
        int matching,
        int total,
        @Nullable Instant takenAt) {

    static TableList of(TablePage page) {
        return new TableList(
                page.items().stream().map(TableView::of).toList(),
                page.page(),
                page.pages(),
                page.matching(),
                page.total(),
                page.takenAt());
    }
}
