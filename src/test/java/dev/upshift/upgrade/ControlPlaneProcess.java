package dev.upshift.upgrade;

import dev.upshift.UpshiftApplication;
import dev.upshift.lab.ProductOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.http.ResponseEntity;

/** A control plane in a process of its own, to be killed, stopped and woken; talked to by REST. */
public final class ControlPlaneProcess extends UpshiftApi implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;

    private ControlPlaneProcess(Process process, Path log, int port) {
        super("http://127.0.0.1:" + port);
        this.process = process;
        this.log = log;
    }

    /** What runs in the process. */
    public static void main(String[] arguments) {
        new SpringApplication(UpshiftApplication.class, ProductOnly.class).run(arguments);
    }

    /**
     * Starts one; returns before it answers.
     *
     * @param metadata JDBC address of the metadata database
     */
    public static ControlPlaneProcess start(Path directory, int port, String metadata, String key) {
        try {
            Path log = Files.createDirectories(directory).resolve("log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx400m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ControlPlaneProcess.class.getName(),
                            "--server.port=" + port,
                            "--upshift.data-directory=" + directory,
                            "--upshift.project.secret-key=" + key,
                            "--upshift.bootstrap-password=" + PASSWORD,
                            "--spring.datasource.url=" + metadata)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ControlPlaneProcess(process, log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ControlPlaneProcess awaitReady() {
        Awaitility.await("the control plane that logs to " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> process.isAlive() && get("/projects").containsKey("items"));
        return this;
    }

    /** Plans and asks for a run; answers what was answered. */
    public ResponseEntity<Map<String, Object>> ask(String procedure) {
        Object version = plan(procedure).get("version");
        return post(
                "/projects/shop/runs",
                Map.of("procedure", procedure, "planVersion", String.valueOf(version), "confirmation", "shop"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of its log. */
    public String log() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean awaitEnd(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        signal("KILL");
        awaitEnd(Duration.ofSeconds(10));
    }
}
