package dev.upshift.postgres.internal.tool;

import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs one of PostgreSQL's client programs to its end: within a deadline, with what it says cut to a bounded length,
 * and ended when the calling thread is interrupted. Nothing secret belongs into the arguments, which every user of
 * the machine can read.
 */
@Component
public class ToolProcesses {

    private static final int KEPT_LINES = 20;

    private static final int KEPT_LINE_LENGTH = 2_000;

    /** For a program to cancel its statements on the server and leave. */
    private static final Duration LEAVE = Duration.ofSeconds(10);

    /**
     * Both output streams are read as one.
     *
     * @param environment what is set beyond the inherited environment, from which every {@code PG…} variable but
     *     those about certificates is taken away
     * @param lines gets every line as it comes, on another thread; when it throws, the program is ended and this throws
     *     the same
     * @throws SchemaCopyFailed if the program cannot be started or the deadline passes
     */
    public Outcome run(
            List<String> command, Map<String, String> environment, Duration deadline, Consumer<String> lines) {
        Process process = start(command, environment);
        Deque<String> kept = new ArrayDeque<>();
        ToolComplaint complaint = new ToolComplaint();
        AtomicReference<@Nullable RuntimeException> refused = new AtomicReference<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                read(process, kept, complaint.andThen(lines));
            } catch (RuntimeException refusal) {
                refused.set(refusal);
                process.destroy();
            }
        });
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SchemaCopyFailed(
                        name(command) + " was ended because it was not done after " + deadline + "; see why it takes so"
                                + " long (a lock, a slow disk), or raise upshift.postgres.copy-timeout or build-timeout");
            }
            reader.join(LEAVE);
            RuntimeException refusal = refused.get();
            if (refusal != null) {
                throw refusal;
            }
            synchronized (kept) {
                return new Outcome(process.exitValue(), List.copyOf(kept), complaint.text());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new SchemaCopyFailed(name(command) + " was stopped on request");
        } finally {
            end(process);
        }
    }

    private static Process start(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") && !name.startsWith("PGSSL"));
        builder.environment().putAll(environment);
        // Read by this program, so always the same words.
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException notStarted) {
            throw new SchemaCopyFailed(name(command) + " could not be started: " + notStarted.getMessage());
        }
    }

    private static void read(Process process, Deque<String> kept, Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
                String shortened = line.length() > KEPT_LINE_LENGTH ? line.substring(0, KEPT_LINE_LENGTH) + "…" : line;
                lines.accept(shortened);
                synchronized (kept) {
                    kept.addLast(shortened);
                    if (kept.size() > KEPT_LINES) {
                        kept.removeFirst();
                    }
                }
            }
        } catch (IOException endedMeanwhile) {
            // What was read until then is what there is.
            return;
        }
    }

    /** Politely at first: the program then cancels what it has running on the server. */
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(LEAVE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException again) {
            interrupted = true;
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(List<String> command) {
        return String.valueOf(Path.of(command.getFirst()).getFileName());
    }

    /**
     * @param exit 0 for success
     * @param lines the last ones that it wrote
     * @param errors the readable part of what went wrong; see {@link ToolComplaint}
     */
    public record Outcome(int exit, List<String> lines, String errors) {

        /** Whether it said so by its exit code. */
        public boolean succeeded() {
            return exit == 0;
        }

        String text() {
            return String.join("\n", lines);
        }

        /** Why it failed. */
        public String complaint() {
            return errors.isEmpty() ? "exit code " + exit + " without a word" : errors;
        }
    }
}
