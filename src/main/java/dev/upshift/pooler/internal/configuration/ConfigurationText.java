package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The text of a configuration file. The path is a person's word: a device would be read for ever, a pipe would never
 * answer, and a dump would fill the memory. So it has to be a regular file of a size that a configuration may have, and
 * it has to be read in time (a file of {@code /proc} is regular, and may block all the same; so may a network's).
 */
final class ConfigurationText {

    /** Ten thousand entries take one or two of these. */
    static final int LARGEST_BYTES = 8 * 1024 * 1024;

    private static final Duration IN_TIME = Duration.ofSeconds(4);

    private ConfigurationText() {}

    /**
     * @throws StoreFailed if it is not the file that a pooler could have as its configuration
     * @throws IOException if it cannot be read, or is no UTF-8
     */
    static String of(Path file) throws IOException {
        refuseIrregular(file);
        byte[] bytes = readInTime(file);
        if (bytes.length > LARGEST_BYTES) {
            throw new StoreFailed(
                    "%s is larger than %d MB, so it is no configuration of a pooler. Give the file that holds the [databases] entries."
                            .formatted(file, LARGEST_BYTES / 1024 / 1024),
                    null);
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** @throws StoreFailed for anything but a regular file */
    static void refuseIrregular(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StoreFailed(
                    "%s is %s, not a regular file. Give the file that holds the [databases] entries."
                            .formatted(file, Files.isDirectory(file) ? "a folder" : "a device, a pipe or a socket"),
                    null);
        }
    }

    /** On a thread of its own, which is left behind if the file never answers; never interrupted half-way. */
    private static byte[] readInTime(Path file) throws IOException {
        try {
            return CompletableFuture.supplyAsync(
                            () -> readBounded(file),
                            task -> Thread.ofPlatform()
                                    .daemon()
                                    .name("read-configuration")
                                    .start(task))
                    .orTimeout(IN_TIME.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new StoreFailed(
                        "%s could not be read within %d seconds. Check the file, and the disk or network that it lies on."
                                .formatted(file, IN_TIME.toSeconds()),
                        e);
            }
            throw e;
        }
    }

    private static byte[] readBounded(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
