package dev.upshift.shared;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where this control plane keeps what must survive a restart and is configured nowhere else: the embedded metadata
 * database and a generated secret key. Made on first use, readable by its owner only.
 */
@Component
public final class DataDirectory {

    /** The setting that moves it. */
    public static final String KEY = "upshift.data-directory";

    private final Path path;

    public DataDirectory(@Value("${" + KEY + "}") Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    public Path path() {
        return path;
    }

    /**
     * A path inside, whose parent directories exist when this returns.
     *
     * @throws InvalidConfiguration if the directory cannot be made or written
     */
    public Path resolve(String name) {
        Path child = path.resolve(name);
        try {
            Files.createDirectories(child.getParent(), ownerOnly("rwx------"));
        } catch (IOException e) {
            throw unusable(e);
        }
        if (!Files.isWritable(path)) {
            throw unusable(null);
        }
        return child;
    }

    /**
     * Writes a file that only its owner may read, and that is either complete or not there.
     *
     * @throws InvalidConfiguration if it cannot be written
     */
    public Path write(String name, String content) {
        Path file = resolve(name);
        Path draft = resolve(name + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, ownerOnly("rw-------"));
            Files.writeString(draft, content);
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private InvalidConfiguration unusable(@Nullable IOException cause) {
        return new InvalidConfiguration(
                KEY,
                "The data directory " + path + " cannot be made or written"
                        + (cause == null ? "." : " (" + cause.getMessage() + ")."),
                "Let the user that runs Upshift write it, or name another one with " + KEY
                        + " (environment: UPSHIFT_DATA_DIRECTORY).",
                cause);
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
