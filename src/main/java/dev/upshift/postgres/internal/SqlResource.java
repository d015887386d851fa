package dev.upshift.postgres.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads a statement that is too long for Java from the resource file of that name beside this class. */
final class SqlResource {

    private SqlResource() {}

    /** @throws IllegalArgumentException if the build left the file out */
    static String read(String name) {
        try (InputStream file = SqlResource.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalArgumentException("The resource " + name + " is missing from the application");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + name, e);
        }
    }
}
