package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Keeps a configuration in a file that this process can write.
 *
 * <p>Two files appear beside it while something is staged: {@code *.upshift-next} is kept until it is unstaged and
 * tells whether an activation has happened; {@code *.upshift-ready} is its twin that activation renames, so that the
 * bytes are on the disk before clients are held. The folder must therefore be writable, not only the file. Symbolic
 * links are followed to the real file.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE) // is what a form begins with
final class FileConfigurationStore implements ConfigurationStore {

    private static final String NEXT = ".upshift-next";
    private static final String READY = ".upshift-ready";
    private static final String TRIAL = ".upshift-trial";

    @Override
    public String type() {
        return "file";
    }

    @Override
    public PoolerConfiguration read(ConfigurationLocation location) {
        return IniConfiguration.of(text(real(location)));
    }

    @Override
    public void probe(ConfigurationLocation location) {
        Path active = real(location);
        Path trial = beside(active, TRIAL);
        try {
            DurableFile.write(trial, text(active).getBytes(StandardCharsets.UTF_8), active);
            Files.delete(trial);
        } catch (IOException e) {
            throw notWritten(active, e);
        }
    }

    @Override
    public void stage(ConfigurationLocation location, PoolerConfiguration next) {
        Path active = real(location);
        byte[] bytes = next.text().getBytes(StandardCharsets.UTF_8);
        try {
            DurableFile.write(beside(active, READY), bytes, active);
            DurableFile.write(beside(active, NEXT), bytes, active);
            DurableFile.sync(folderOf(active));
        } catch (IOException e) {
            discard(active);
            throw notWritten(active, e);
        }
    }

    @Override
    public void activate(ConfigurationLocation location, String expectedHash) {
        Path active = real(location);
        Path next = beside(active, NEXT);
        if (!Files.exists(next)) {
            throw new StoreFailed(
                    "Nothing is staged for the configuration %s. Stage it again.".formatted(active), null);
        }
        String current = IniConfiguration.of(text(active)).hash();
        try {
            if (!current.equals(IniConfiguration.of(text(next)).hash())) {
                if (!current.equals(expectedHash)) {
                    throw new StoreFailed(
                            ("The configuration %s was changed by something else since it was read. Find out what manages"
                                            + " it and keep that away during the upgrade.")
                                    .formatted(active),
                            null);
                }
                Path ready = beside(active, READY);
                if (!Files.exists(ready)) {
                    DurableFile.write(ready, Files.readAllBytes(next), active);
                }
                DurableFile.rename(ready, active);
            }
            // Also for an activation found done: it may have ended between the rename and this.
            DurableFile.sync(folderOf(active));
        } catch (IOException e) {
            throw notWritten(active, e);
        }
    }

    @Override
    public void unstage(ConfigurationLocation location) {
        Path active = real(location);
        try {
            Files.deleteIfExists(beside(active, READY));
            Files.deleteIfExists(beside(active, NEXT));
        } catch (IOException e) {
            throw notWritten(active, e);
        }
    }

    private static Path real(ConfigurationLocation location) {
        try {
            Path file = Path.of(location.path()).toRealPath();
            ConfigurationText.refuseIrregular(file);
            return file;
        } catch (NoSuchFileException e) {
            throw new StoreFailed(
                    "There is no file %s. Give the path of the file that holds the [databases] entries, as this machine sees it."
                            .formatted(location.path()),
                    e);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw notRead(location.path(), e);
        }
    }

    private static String text(Path file) {
        try {
            return ConfigurationText.of(file);
        } catch (CharacterCodingException e) {
            throw new StoreFailed(
                    "The configuration %s is not UTF-8 text, so it could not be kept to the byte. Convert it to UTF-8."
                            .formatted(file),
                    e);
        } catch (IOException e) {
            throw notRead(file.toString(), e);
        }
    }

    private static void discard(Path active) {
        try {
            Files.deleteIfExists(beside(active, READY));
            Files.deleteIfExists(beside(active, NEXT));
        } catch (IOException staysBehind) {
            // The failure to write is the one to report; the next staging replaces what stays.
        }
    }

    private static StoreFailed notRead(String file, Exception e) {
        return new StoreFailed(
                e instanceof AccessDeniedException
                        ? "The configuration %s may not be read by this process. Let the user that runs Upshift read it."
                                .formatted(file)
                        : "The configuration %s could not be read: %s.".formatted(file, reason(e)),
                e);
    }

    private static StoreFailed notWritten(Path active, IOException e) {
        return new StoreFailed(
                e instanceof AccessDeniedException
                        ? ("Upshift may not write in %s, where it has to put a new %s beside the old one. Let the user that"
                                        + " runs Upshift write in that folder.")
                                .formatted(active.getParent(), active.getFileName())
                        : "The configuration %s could not be replaced: %s. The old one is unchanged."
                                .formatted(active, reason(e)),
                e);
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
    }

    private static Path beside(Path active, String suffix) {
        return active.resolveSibling(active.getFileName() + suffix);
    }

    private static Path folderOf(Path active) {
        Path folder = active.getParent();
        return folder == null ? active.getRoot() : folder;
    }
}
