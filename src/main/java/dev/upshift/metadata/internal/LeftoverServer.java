package dev.upshift.metadata.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that still runs because the control plane that started it was killed. The caller holds the lock on the data
 * directory, so nobody else can be using it.
 */
final class LeftoverServer {

    private static final Logger log = LoggerFactory.getLogger(LeftoverServer.class);

    private static final long STOP_SECONDS = 30;

    private final Path cluster;

    private LeftoverServer(Path cluster) {
        this.cluster = cluster;
    }

    static LeftoverServer in(Path cluster) {
        return new LeftoverServer(cluster);
    }

    /**
     * Stops it in order, if there is one. A {@code postmaster.pid} whose process is something else by now is removed:
     * PostgreSQL refuses to start as long as any process of that number lives.
     *
     * @throws IllegalStateException if it does not stop
     */
    void stop() {
        Optional<ProcessHandle> process = recorded().flatMap(ProcessHandle::of);
        if (process.isEmpty()) {
            return;
        }
        if (isOurs(process.get())) {
            log.warn(
                    "The embedded metadata database still runs as process {} after its control plane was killed;"
                            + " stopping it first",
                    process.get().pid());
            interrupt(process.get());
        } else {
            removePidFile();
        }
    }

    /** First line of {@code postmaster.pid}: the number of the process (PostgreSQL, "Database File Layout"). */
    private Optional<Long> recorded() {
        try {
            return Files.readAllLines(pidFile()).stream()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,10}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isOurs(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.commandLine()
                .map(line -> line.contains(cluster.toString()))
                .orElseGet(() -> info.command()
                        .map(command -> command.endsWith("postgres"))
                        .orElse(false));
    }

    /** SIGINT is PostgreSQL's fast shutdown, which does not wait for clients; Java itself can only send SIGTERM. */
    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | IOException e) {
            throw new IllegalStateException(
                    "process " + process.pid() + " of an earlier start does not stop; end it by hand", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + process.pid() + " was stopping", e);
        }
    }

    private void removePidFile() {
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new IllegalStateException("cannot remove " + pidFile(), e);
        }
    }

    private Path pidFile() {
        return cluster.resolve("postmaster.pid");
    }
}
