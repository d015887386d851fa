package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.TableSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Computes the totals of many tables, several at once; biggest first, so that the end is not spent on one. */
final class FirstLooks {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Supplier<SidePair> sessions;
    private final int atOnce;

    FirstLooks(Supplier<SidePair> sessions, int atOnce) {
        this.sessions = sessions;
        this.atOnce = atOnce;
    }

    /**
     * Answers once all are done. Ends everything at once when interrupted or when a consumer throws.
     *
     * @param done gets each table's totals on the calling thread
     * @param progress gets a sentence every now and then on the calling thread
     */
    void look(List<ComparedTable> tables, Consumer<FirstLook> done, Consumer<String> progress) {
        List<ComparedTable> biggestFirst = new ArrayList<>(tables);
        biggestFirst.sort((one, other) -> Long.compare(other.estimatedRows(), one.estimatedRows()));
        Queue<ComparedTable> todo = new ConcurrentLinkedQueue<>(biggestFirst);
        BlockingQueue<FirstLook> results = new LinkedBlockingQueue<>();
        List<SidePair> pairs = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(atOnce, tables.size()); i++) {
                SidePair pair = sessions.get();
                pairs.add(pair);
                Thread.ofVirtual().name("verification").start(() -> work(pair, todo, results));
            }
            for (int received = 0; received < tables.size(); ) {
                FirstLook result = results.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (result == null) {
                    progress.accept("%d of %d tables compared so far.".formatted(received, tables.size()));
                } else {
                    received++;
                    done.accept(result);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The comparison was stopped on request", stop);
        } finally {
            todo.clear();
            pairs.forEach(SidePair::abort);
            pairs.forEach(SidePair::close);
        }
    }

    private void work(SidePair pair, Queue<ComparedTable> todo, BlockingQueue<FirstLook> results) {
        for (@Nullable ComparedTable table = todo.poll(); table != null; table = todo.poll()) {
            long begin = System.nanoTime();
            BothSides sides = pair.of(table);
            FirstLook result;
            try {
                var totals = sides.ask(TableSide::totals);
                result = new FirstLook(
                        table, totals, null, Duration.ofNanos(System.nanoTime() - begin), sides.wasWritten());
            } catch (RuntimeException failure) {
                result = new FirstLook(table, null, failure, Duration.ofNanos(System.nanoTime() - begin), false);
            }
            results.add(result);
        }
    }
}
