package dev.upshift.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where servers of the lab write their logs: {@code target/lab-logs}, which outlives the servers. */
final class LabLogs {

    private static final Path FOLDER = Path.of("target", "lab-logs");

    private LabLogs() {}

    /** The log file of one server of the world that lives in {@code directory}. */
    static Path file(LabDirectory directory, String server) {
        try {
            Path folder =
                    FOLDER.resolve(directory.path().getFileName().toString()).toAbsolutePath();
            return Files.createDirectories(folder).resolve(server + ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for logs in " + FOLDER, e);
        }
    }
}
