package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An archive and a list of its entries on disk for as long as a program works on them, readable by their owner only. */
final class ArchiveFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ArchiveFile.class);

    private final Path archive;
    private final Path list;

    private ArchiveFile(Path archive, Path list) {
        this.archive = archive;
        this.list = list;
    }

    /** An empty one, to be written to. */
    static ArchiveFile empty() {
        try {
            return new ArchiveFile(
                    Files.createTempFile("upshift-schema-", ".dump"), Files.createTempFile("upshift-schema-", ".list"));
        } catch (IOException e) {
            throw failed("No temporary file can be made in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    static ArchiveFile of(byte[] custom, String entries) {
        ArchiveFile file = empty();
        try {
            Files.write(file.archive, custom);
            file.list(entries);
            return file;
        } catch (IOException e) {
            file.close();
            throw failed("The schema's archive cannot be written to " + file.archive, e);
        }
    }

    void list(String entries) throws IOException {
        Files.writeString(list, entries, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(archive);
        } catch (IOException e) {
            throw failed("The schema's archive cannot be read from " + archive, e);
        }
    }

    String path() {
        return archive.toString();
    }

    String listPath() {
        return list.toString();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(list);
        } catch (IOException e) {
            log.warn("The temporary file {} could not be deleted", archive, e);
        }
    }

    private static SchemaCopyFailed failed(String what, IOException e) {
        return new SchemaCopyFailed(what + ": " + e.getMessage());
    }
}
