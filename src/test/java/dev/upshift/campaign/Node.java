package dev.upshift.campaign;

import dev.upshift.lab.Processes;
import dev.upshift.upgrade.UpshiftApi;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One control plane in a process of its own. */
final class Node implements AutoCloseable {

    private static final long START_SECONDS = 300;
    private static final long END_SECONDS = 90;

    private final String name;
    private final Process process;
    private final Gatekeeper gatekeeper;
    private final Path log;
    private volatile boolean frozen;

    private Node(String name, Process process, Gatekeeper gatekeeper, Path log) {
        this.name = name;
        this.process = process;
        this.gatekeeper = gatekeeper;
        this.log = log;
    }

    /** Starts the process and does not wait for it. */
    static Node start(String name, Gatekeeper gatekeeper, Path logs, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-D" + GatedControlPlane.PORT + "=" + gatekeeper.port(),
                "-D" + GatedControlPlane.NAME + "=" + name,
                "-cp",
                System.getProperty("java.class.path"),
                GatedControlPlane.class.getName(),
                "--server.port=0"));
        command.addAll(settings);
        File log = logs.resolve(name + ".log").toFile();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            return new Node(name, process, gatekeeper, log.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException("The control plane does not start", e);
        }
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    /** Its REST interface; waits until it is ready. */
    UpshiftApi api() {
        try {
            return new UpshiftApi("http://127.0.0.1:" + gatekeeper.ready(name).get(START_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Control plane " + name + " did not come up, see " + log, e);
        }
    }

    /** Waits for its end after it was asked to end. */
    void awaitEnd() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Control plane " + name + " does not end, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As the machine's failing does. */
    void kill() {
        signal("KILL");
    }

    /** Asks it to end, as an orchestrator does. */
    void terminate() {
        signal("TERM");
    }

    /** It stands still in the middle of whatever it does. */
    void freeze() {
        frozen = true;
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
        frozen = false;
    }

    boolean isFrozen() {
        return frozen;
    }

    private void signal(String signal) {
        Processes.signal(signal, List.of(process.toHandle()));
    }

    @Override
    public void close() {
        thaw();
        kill();
    }

    @Override
    public String toString() {
        return name;
    }
}
