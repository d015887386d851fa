package dev.upshift.verification;

import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares both sides table by table and keeps the results. */
public interface Verifications {

    /**
     * Compares row count and order-free hash of every table of a project's database. The caller has made sure, by a
     * barrier, from when on the subscribing side has what the publishing side had; tables that are being written
     * meanwhile are compared again, each behind a barrier of its own, before they are called different.
     *
     * @param barrier runs a barrier for the database and returns when the subscribing side has everything
     * @param progress gets a sentence per table
     */
    Verification verify(String slug, Barrier barrier, Consumer<String> progress);

    Optional<Verification> latest(String slug);

    /** Brings the subscribing side level with the publishing side for one database. */
    @FunctionalInterface
    interface Barrier {
        void await(String database);
    }

    /** One whole comparison. */
    record Verification(String slug, Instant startedAt, Instant endedAt, List<TableResult> tables) {

        public long differing() {
            return tables.stream()
                    .filter(table -> table.verdict() != Verdict.EQUAL)
                    .count();
        }
    }

    /**
     * @param sourceHash order-free hash over all rows as text; null where it could not be computed
     * @param note why, for a verdict other than EQUAL
     */
    record TableResult(
            String database,
            TableName name,
            Verdict verdict,
            long sourceRows,
            long targetRows,
            @Nullable String sourceHash,
            @Nullable String targetHash,
            long millis,
            @Nullable String note) {}

    /** What a comparison of one table came to. */
    enum Verdict {
        EQUAL,
        DIFFERENT,
        MISSING,
        FAILED
    }
}
