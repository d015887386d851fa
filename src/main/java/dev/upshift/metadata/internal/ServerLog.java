package dev.upshift.metadata.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the embedded server and the programs around it write what they have to say. */
record ServerLog(Path path) {

    private static final int TAIL_LINES = 5;

    ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.appendTo(path.toFile());
    }

    /** The last lines, in one. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(path, StandardCharsets.ISO_8859_1);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(nothing)";
        }
    }
}
