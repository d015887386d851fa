package dev.upshift.pooler.internal.fleet;

import static org.awaitility.Awaitility.await;

import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients of a pooler who insert a row every now and then, and remember how long they waited and what went wrong. */
final class SteadyClients implements AutoCloseable {

    private static final Duration COMING = Duration.ofSeconds(30);

    private final List<Thread> threads = new ArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean stopped;

    static SteadyClients through(PgBouncer pooler, String entry, int clients, Duration every) {
        SteadyClients started = new SteadyClients();
        for (int client = 0; client < clients; client++) {
            long delay = every.toNanos() * client / clients;
            started.threads.add(Thread.ofPlatform()
                    .name("client-" + client + "-of-" + pooler.name())
                    .start(() -> started.run(pooler, entry, every, delay)));
        }
        // One who comes new while a PAUSE has met a login may be refused.
        await("each client to be answered once")
                .atMost(COMING)
                .until(() -> started.arrived.get() + started.errors.size() == clients);
        return started;
    }

    private void run(PgBouncer pooler, String entry, Duration every, long delay) {
        LockSupport.parkNanos(delay);
        try (Connection connection = pooler.connect(entry, Login.APP);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into hit default values");
            arrived.incrementAndGet();
            while (!stopped) {
                long begun = System.nanoTime();
                statement.execute("insert into hit default values");
                longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
                answered.incrementAndGet();
                LockSupport.parkNanos(every.toNanos());
            }
        } catch (SQLException e) {
            errors.add(String.valueOf(e.getMessage()));
        }
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    long answered() {
        return answered.get();
    }

    /** The longest that anybody waited since the last time this was asked. */
    Duration longestWait() {
        return Duration.ofNanos(longestNanos.getAndSet(0));
    }

    /** Waits until this many more inserts were answered. */
    void awaitMore(int more, Duration atMost) {
        long wanted = answered.get() + more;
        await().atMost(atMost).pollInterval(Duration.ofMillis(5)).until(() -> answered.get() >= wanted);
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
