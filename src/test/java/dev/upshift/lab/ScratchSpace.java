package dev.upshift.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Where tests put what is gone a minute later: servers with all their data, above all. In memory where the system offers
 * enough of it as files, because half of the processors' time went into writing that to a disk. What is measured, and
 * campaigns, go to the disk: {@code -Dlab.disk=true}.
 */
public final class ScratchSpace implements TempDirFactory {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** A world of servers takes some 300 MB, and several forks have several of them. */
    private static final long ENOUGH = 6L << 30;

    /** An existing directory that everybody may use. */
    public static Path here() {
        return !Boolean.getBoolean("lab.disk") && isRoomy(MEMORY)
                ? MEMORY
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static boolean isRoomy(Path directory) {
        try {
            return Files.isWritable(directory) && Files.getFileStore(directory).getUsableSpace() >= ENOUGH;
        } catch (IOException none) {
            return false;
        }
    }

    /** For {@code @TempDir}. */
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Files.createTempDirectory(here(), "upshift-test-");
    }
}
