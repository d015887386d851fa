package dev.upshift.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sends signals to processes that the lab started, and waits for their end. */
public final class Processes {

    private static final long POLL_MILLIS = 10;
    private static final long PATIENCE_MILLIS = 10_000;

    private Processes() {}

    /** Sends a signal by name, for example {@code STOP}; a process that has ended already is no error. */
    public static void signal(String signal, List<ProcessHandle> processes) {
        List<String> pids = processes.stream()
                .filter(Processes::isRunning)
                .map(process -> Long.toString(process.pid()))
                .toList();
        if (pids.isEmpty()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + signal), pids.stream())
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send " + signal + " to " + pids, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending " + signal, e);
        }
    }

    /** The process and all that it started, the process first. */
    public static List<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /** Waits until none of the processes runs any more; answers whether that happened in time. */
    public static boolean awaitEnd(List<ProcessHandle> processes, long timeoutMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (processes.stream().anyMatch(Processes::isRunning)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Sends a signal to a process, and kills what is left of it and of all that it started after a while. */
    public static void end(ProcessHandle process, String signal) {
        List<ProcessHandle> tree = tree(process);
        signal(signal, List.of(process));
        if (!awaitEnd(tree, PATIENCE_MILLIS)) {
            signal("KILL", tree);
            awaitEnd(tree, PATIENCE_MILLIS);
        }
    }

    /** Tells whether a process runs; one that has ended and was not yet reaped by its parent does not. */
    public static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException | IndexOutOfBoundsException noSuchProcessOrNotLinux) {
            return false;
        }
    }
}
