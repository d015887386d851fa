package dev.upshift.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where servers of the lab write their logs: {@code target/lab-logs}, which outlives the servers. */
final class LabLogs {

    private static final Path FOLDER = Path.of("target", "lab-logs");

    private LabLogs() {}

    /** The folder for the logs of the world that lives in {@code directory}. */
    static Path folder(LabDirectory directory) {
        return FOLDER.resolve(directory.path().getFileName()).toAbsolutePath();
    }

    /** The log file of one server of that world. */
    static Path file(LabDirectory directory, String server) {
        try {
            return Files.createDirectories(folder(directory)).resolve(server + ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for logs in " + FOLDER, e);
        }
    }
}
