package dev.upshift.lab;

import dev.upshift.lab.JournalLine.Fate;
import dev.upshift.lab.JournalLine.Operation;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What one writer remembers on its own disk, one line handed to the operating system for every answer it got. It
 * outlives the servers and the writer's process, though not the machine.
 */
final class WriterJournal implements AutoCloseable {

    private static final String PREFIX = "writer-";

    private final OutputStream file;

    private WriterJournal(OutputStream file) {
        this.file = file;
    }

    /** Begins the journal of a writer that has none yet. */
    static WriterJournal of(Path folder, int writer) {
        try {
            Path path = Files.createFile(Files.createDirectories(folder).resolve(PREFIX + writer));
            return new WriterJournal(new FileOutputStream(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep a journal in " + folder, e);
        }
    }

    /** The first number that no writer with a journal in this folder bears. */
    static int firstFreeWriter(Path folder) {
        return writers(folder).stream().mapToInt(writer -> writer + 1).max().orElse(1);
    }

    /** The writers that have a journal in this folder. */
    static List<Integer> writers(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX))
                    .map(name -> Integer.valueOf(name.substring(PREFIX.length())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the journals in " + folder, e);
        }
    }

    /** Reads a writer's journal from its beginning. */
    static void read(Path folder, int writer, Consumer<JournalLine> reader) {
        try (Stream<String> lines = Files.lines(folder.resolve(PREFIX + writer))) {
            lines.map(JournalLine::parse).forEach(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the journals in " + folder, e);
        }
    }

    /** Adds a line; it is in the operating system's hands when this returns. */
    void append(Fate fate, Operation operation, long number, Long... values) {
        String line =
                new JournalLine(System.currentTimeMillis(), fate, operation, number, List.of(values)).text() + "\n";
        try {
            file.write(line.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the journal", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the journal", e);
        }
    }
}
