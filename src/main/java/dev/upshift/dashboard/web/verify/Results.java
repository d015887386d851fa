package dev.upshift.dashboard.web.verify;

import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One page of the latest comparison, tables that are not equal first.
 *
 * @param page from 1
 */
public record Results(
        Instant endedAt,
        Duration took,
        int total,
        int unequal,
        List<String> leftOut,
        List<ResultRow> rows,
        int page,
        int pages) {

    private static final int PAGE_SIZE = 100;

    private static final Comparator<TableResult> ORDER = Comparator.comparing(
                    (TableResult result) -> result.verdict() == Verdict.EQUAL)
            .thenComparing(TableResult::database)
            .thenComparing(TableResult::name);

    static Results of(Verification verification, int wanted) {
        List<TableResult> tables = verification.tables();
        int pages = Math.max(1, Math.ceilDiv(tables.size(), PAGE_SIZE));
        int page = Math.clamp(wanted, 1, pages);
        return new Results(
                verification.endedAt(),
                Duration.between(verification.startedAt(), verification.endedAt()),
                tables.size(),
                Math.toIntExact(verification.differing()),
                verification.leftOut(),
                tables.stream()
                        .sorted(ORDER)
                        .skip((page - 1L) * PAGE_SIZE)
                        .limit(PAGE_SIZE)
                        .map(ResultRow::of)
                        .toList(),
                page,
                pages);
    }
}
