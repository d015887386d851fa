package dev.upshift.lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A careful person at the consoles of all poolers: holds the clients of {@code shop} and lets them go, with nothing in
 * between. What a switchover is measured against.
 *
 * <p>The consoles are opened beforehand. A short {@code server_login_retry} lets clients go on at once where PAUSE met
 * a login, see {@code docs/facts.md}; closing puts the configured one back.
 */
public final class ManualPause implements AutoCloseable {

    private static final String ENTRY = LedgerSchema.DATABASE;

    private final List<Connection> consoles = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ManualPause() {}

    /** Opens the consoles. */
    public static ManualPause at(List<PgBouncer> poolers) {
        ManualPause person = new ManualPause();
        try {
            for (PgBouncer pooler : poolers) {
                person.consoles.add(pooler.console());
            }
        } catch (SQLException e) {
            person.close();
            throw new Sql.LabSqlException("opening a console", e);
        }
        return person;
    }

    /** Holds all clients and lets them go again; answers when the first command was given and when the last was done. */
    public Window pauseAndResume() {
        onAll("SET server_login_retry = '0.1'");
        Instant from = Instant.now();
        onAll("PAUSE " + ENTRY);
        onAll("RESUME " + ENTRY);
        return new Window(from, Instant.now());
    }

    @Override
    public void close() {
        onAll("RELOAD");
        threads.close();
        for (Connection console : consoles) {
            try {
                console.close();
            } catch (SQLException alreadyGone) {
                // nothing is left to close
            }
        }
    }

    private void onAll(String command) {
        CompletableFuture.allOf(consoles.stream()
                        .map(console -> CompletableFuture.runAsync(() -> Sql.execute(console, command), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /**
     * A stretch of time.
     *
     * @param from its beginning
     * @param to its end
     */
    public record Window(Instant from, Instant to) {

        /** How long it is. */
        public Duration length() {
            return Duration.between(from, to);
        }
    }
}
