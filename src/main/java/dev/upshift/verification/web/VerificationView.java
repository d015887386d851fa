package dev.upshift.verification.web;

import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One whole comparison.
 *
 * @param differing how many tables are not proven equal
 * @param leftOut what was not compared because it is not carried, with names and sizes
 */
record VerificationView(
        Instant startedAt, Instant endedAt, long differing, List<String> leftOut, List<TableView> tables) {

    static VerificationView of(Verification verification) {
        return new VerificationView(
                verification.startedAt(),
                verification.endedAt(),
                verification.differing(),
                verification.leftOut(),
                verification.tables().stream().map(TableView::of).toList());
    }

    /** One table's result. */
    record TableView(
            String database,
            String schema,
            String table,
            Verdict verdict,
            long sourceRows,
            long targetRows,
            @Nullable String sourceHash,
            @Nullable String targetHash,
            long millis,
            @Nullable String note) {

        static TableView of(TableResult result) {
            return new TableView(
                    result.database(),
                    result.name().schema(),
                    result.name().table(),
                    result.verdict(),
                    result.sourceRows(),
                    result.targetRows(),
                    result.sourceHash(),
                    result.targetHash(),
                    result.millis(),
                    result.note());
        }
    }
}
