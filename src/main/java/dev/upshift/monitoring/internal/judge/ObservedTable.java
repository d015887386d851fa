package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.internal.probe.DatabaseReading.TableReading;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One table in one sample, compared with the sample before. */
final class ObservedTable {

    /** How much of the pace is that of the newest sample: enough to follow, too little to jump. */
    private static final double NEWEST = 0.3;

    private final Instant at;
    private final @Nullable TableFacts facts;
    private final @Nullable TableReading reading;
    private final boolean stuckBefore;
    private final @Nullable Double bytesPerSecond;

    ObservedTable(
            Instant at, @Nullable TableFacts facts, @Nullable TableReading reading, @Nullable ObservedTable before) {
        this.at = at;
        this.facts = facts;
        this.reading = reading;
        this.stuckBefore = before != null && before.isWithoutWorker();
        this.bytesPerSecond = pace(before);
    }

    /** @param enabled whether the subscription is */
    TableProgress progress(String database, TableName name, boolean enabled) {
        State state = state(enabled);
        long totalBytes = facts == null ? 0 : facts.bytes();
        long estimatedRows = facts == null ? 0 : facts.estimatedRows();
        boolean copying = state == State.COPYING;
        return new TableProgress(
                database,
                name,
                state,
                reading == null ? null : reading.letter(),
                state.isCopied() ? totalBytes : Math.min(rawBytes(), Math.max(totalBytes, 0)),
                totalBytes,
                state.isCopied() ? estimatedRows : rawRows(),
                estimatedRows,
                copying && bytesPerSecond != null ? Math.round(bytesPerSecond) : null,
                copying ? timeLeft(totalBytes, estimatedRows) : null,
                state == State.ERROR ? error(enabled) : null);
    }

    private State state(boolean enabled) {
        if (reading == null) {
            return State.PENDING;
        }
        State state = switch (reading.letter()) {
            case "i" -> State.INITIALIZING;
            case "d" -> State.COPYING;
            case "f" -> State.FINISHED_COPY;
            case "s" -> State.SYNCHRONIZED;
            case "r" -> State.READY;
            default -> throw new IllegalStateException("PostgreSQL knows no srsubstate " + reading.letter());
        };
        boolean failed = enabled ? stuckBefore && isWithoutWorker() : state != State.READY;
        return failed ? State.ERROR : state;
    }

    private boolean isWithoutWorker() {
        return reading != null && reading.isWithoutWorker();
    }

    private String error(boolean enabled) {
        String told = reading == null ? null : reading.failure();
        return enabled
                ? "Copying it keeps failing and is tried again every few seconds. %s Remove the cause, the copy then goes on by itself."
                        .formatted(
                                told == null
                                        ? "The log of the subscribing server tells why: a row that is there already,"
                                                + " a function that is called without its schema, a timeout."
                                        : told)
                : "The subscription was disabled before the table was ready, by an error or by somebody. %s Remove the cause and enable the subscription."
                        .formatted(told == null ? "The log of the subscribing server tells why." : told);
    }

    private @Nullable Double pace(@Nullable ObservedTable before) {
        if (before == null || copied() == null || before.copied() == null) {
            return null;
        }
        double seconds = Duration.between(before.at, at).toMillis() / 1000.0;
        long more = rawBytes() - before.rawBytes();
        if (seconds <= 0 || more < 0) {
            return null;
        }
        double newest = more / seconds;
        return before.bytesPerSecond == null ? newest : NEWEST * newest + (1 - NEWEST) * before.bytesPerSecond;
    }

    /** Bytes of the stream say little about bytes of the table, rows say more: so these decide how much is left. */
    private @Nullable Duration timeLeft(long totalBytes, long estimatedRows) {
        if (bytesPerSecond == null || bytesPerSecond < 1) {
            return null;
        }
        double streamBytes =
                estimatedRows > 0 && rawRows() > 0 ? (double) rawBytes() * estimatedRows / rawRows() : totalBytes;
        double left = Math.max(0, streamBytes - rawBytes());
        return Duration.ofSeconds(Math.round(left / bytesPerSecond));
    }

    private @Nullable Long copied() {
        return reading == null ? null : reading.copiedBytes();
    }

    private long rawBytes() {
        Long copied = copied();
        return copied == null ? 0 : copied;
    }

    private long rawRows() {
        Long rows = reading == null ? null : reading.copiedRows();
        return rows == null ? 0 : rows;
    }
}
