package dev.upshift.lab;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/**
 * The clients: they write to the ledger through the poolers all the time, at a steady rate, and remember on their own
 * disk every write that was acknowledged to them. {@link LedgerProof} holds a server to it.
 *
 * <p>Each client is a virtual thread with one connection to one of the poolers, as an application's instance has.
 */
public final class LedgerWriters implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(130);
    private static final Duration END = Duration.ofSeconds(10);

    private final WritersTally tally;
    private final List<LedgerWriter> writers;
    private final List<Thread> threads;
    private final Path journals;

    private LedgerWriters(Builder settings) {
        this.journals = settings.journals;
        this.tally = new WritersTally(settings.badgeEvery);
        this.writers = settings.writers(tally);
        connect(writers);
        this.threads = writers.stream()
                .map(writer -> Thread.ofVirtual().name("ledger-writer").start(writer))
                .toList();
    }

    /** Describes writers through these poolers who keep their journals in {@code journals}. */
    public static Builder through(List<PgBouncer> poolers, Path journals) {
        return new Builder(
                poolers.stream()
                        .map(pooler -> pooler.url(LedgerSchema.DATABASE))
                        .toList(),
                journals);
    }

    /** What they have done so far. */
    public WriterCounters counters() {
        return tally.counters();
    }

    /** The errors that clients have seen, the first thousand of them. */
    public List<ClientError> errors() {
        return tally.errors();
    }

    /** Where the journals are. */
    public Path journals() {
        return journals;
    }

    /**
     * The longest time that a client waited for a transaction, from its first statement to the answer to its COMMIT,
     * among those under way at some time between the two; those that still wait count with what they have waited.
     * Exact to ten milliseconds at the edges.
     */
    public Duration longestWait(Instant from, Instant to) {
        Duration ended = tally.latencies().longest(tally.at(from), tally.at(to));
        long now = tally.now();
        Duration waiting = Duration.ofNanos(writers.stream()
                .mapToLong(LedgerWriter::beganNanos)
                .filter(began -> began >= 0 && began <= tally.at(to))
                .map(began -> now - began)
                .max()
                .orElse(0));
        return ended.compareTo(waiting) > 0 ? ended : waiting;
    }

    /** How many transactions were acknowledged between the two. */
    public long acknowledgedBetween(Instant from, Instant to) {
        return tally.latencies().ended(tally.at(from), tally.at(to));
    }

    /** Waits until this many more transactions were acknowledged. */
    public void awaitAcknowledged(long more, Duration atMost) {
        long goal = counters().acknowledged() + more;
        Awaitility.await(more + " more acknowledged writes")
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> counters().acknowledged() >= goal);
    }

    /** Holds the clients back, and waits until none has a transaction under way; connections stay open. */
    public void pause() {
        writers.forEach(writer -> writer.pause(true));
        Awaitility.await("the writers' last answers")
                .atMost(QUIET)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> counters().inFlight() == 0);
    }

    /** Lets the clients go on. */
    public void resume() {
        writers.forEach(writer -> writer.pause(false));
    }

    /** Ends the clients; connections that still wait for an answer after a while are cut. */
    public void stop() {
        writers.forEach(LedgerWriter::stop);
        if (!joined(END)) {
            writers.forEach(LedgerWriter::abort);
            if (!joined(END)) {
                throw new IllegalStateException("Writers do not end: " + counters());
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    private boolean joined(Duration atMost) {
        Instant deadline = Instant.now().plus(atMost);
        try {
            for (Thread thread : threads) {
                Duration left = Duration.between(Instant.now(), deadline);
                if (!thread.join(left.isPositive() ? left : Duration.ofMillis(1))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void connect(List<LedgerWriter> writers) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(writers.stream()
                            .map(writer -> CompletableFuture.runAsync(() -> connect(writer), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private static void connect(LedgerWriter writer) {
        try {
            writer.connect();
        } catch (SQLException e) {
            throw new IllegalStateException("A ledger writer cannot connect: " + e.getMessage(), e);
        }
    }

    /** What the writers are to be like. */
    public static final class Builder {

        private final List<String> urls;
        private final Path journals;
        private int clients = 20;
        private int perSecond = 100;
        private Duration badgeEvery = Duration.ofSeconds(5);

        private Builder(List<String> urls, Path journals) {
            this.urls = urls;
            this.journals = journals;
        }

        /** How many clients there are, spread evenly over the poolers; 20 unless said otherwise. */
        public Builder clients(int clients) {
            this.clients = clients;
            return this;
        }

        /** How many transactions they make per second, all together; 100 unless said otherwise. */
        public Builder perSecond(int perSecond) {
            this.perSecond = perSecond;
            return this;
        }

        /** How often a value is drawn from the sequence that has only 2,767 left; every 5 seconds unless said otherwise. */
        public Builder badgeEvery(Duration badgeEvery) {
            this.badgeEvery = badgeEvery;
            return this;
        }

        /** Connects all clients and lets them begin. */
        public LedgerWriters start() {
            return new LedgerWriters(this);
        }

        private List<LedgerWriter> writers(WritersTally tally) {
            long interval = Duration.ofSeconds(clients).toNanos() / perSecond;
            int first = WriterJournal.firstFreeWriter(journals);
            List<LedgerWriter> writers = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                writers.add(new LedgerWriter(
                        first + client,
                        urls.get(client % urls.size()),
                        Login.APP,
                        new Pace(interval, client * interval / clients),
                        WriterJournal.of(journals, first + client),
                        tally));
            }
            return writers;
        }
    }
}
