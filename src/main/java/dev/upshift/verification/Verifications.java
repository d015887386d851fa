package dev.upshift.verification;

import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares both sides table by table and keeps the results. */
public interface Verifications {

    /**
     * Compares row count and order-free hash of every table of a project's databases. Tables that are being written
     * meanwhile are looked at again, behind barriers, down to the single row, before they are called different. The
     * result is kept, unless this throws. The publishing side is the one that serves.
     *
     * @param barrier runs a barrier for the database and returns when the subscribing side has everything; called on
     *     the calling thread only; what it throws ends the comparison
     * @param progress gets a sentence per table, and one every few seconds, on the calling thread; it may throw to end
     *     the comparison
     */
    Verification verify(String slug, Barrier barrier, Consumer<String> progress);

    Optional<Verification> latest(String slug);

    /** Brings the subscribing side level with the publishing side for one database. */
    @FunctionalInterface
    interface Barrier {
        void await(String database);
    }

    /**
     * One whole comparison.
     *
     * @param publisher the side that served then; null where that was not kept
     * @param leftOut what was not compared because it is not carried, a phrase each: not all of a database was, unless
     *     this is empty
     */
    record Verification(
            String slug,
            Instant startedAt,
            Instant endedAt,
            List<TableResult> tables,
            @Nullable Side publisher,
            List<String> leftOut) {

        /** One that left nothing out. */
        public Verification(String slug, Instant startedAt, Instant endedAt, List<TableResult> tables) {
            this(slug, startedAt, endedAt, tables, null, List.of());
        }

        public long differing() {
            return tables.stream()
                    .filter(table -> table.verdict() != Verdict.EQUAL)
                    .count();
        }
    }

    /**
     * @param sourceHash order-free hash over all rows as text; null where it could not be computed, and where rows were
     *     written meanwhile and compared one by one
     * @param note why, for a verdict other than EQUAL; for EQUAL, what else is worth knowing
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
        /** Proven: everything that was written before the comparison is the same on both sides. */
        EQUAL,
        /** Proven: at least one row is lost, surplus or other than it must be. */
        DIFFERENT,
        /** Only one side has the table. */
        MISSING,
        /** Neither could be proven. */
        FAILED
    }
}
