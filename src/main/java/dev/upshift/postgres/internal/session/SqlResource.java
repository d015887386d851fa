package dev.upshift.postgres.internal.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads a statement that is too long for Java from a resource file beside the class that uses it. */
public final class SqlResource {

    private SqlResource() {}

    /**
     * Reads the file of that name in the class's package.
     *
     * @throws IllegalArgumentException if the build left the file out
     */
    public static String read(Class<?> beside, String name) {
        try (InputStream file = beside.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalArgumentException(
                        "The resource " + name + " of " + beside.getPackageName() + " is missing from the application");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + name, e);
        }
    }
}
