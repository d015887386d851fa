package dev.upshift.postgres.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads statements that are too long for Java from resource files beside this class; all of them are for foreign servers. */
public final class SqlResource {

    private SqlResource() {}

    /**
     * @param name of the file, after its folder if it is not beside this class, e.g. {@code schema/held-back-objects.sql}
     * @throws IllegalArgumentException if the build left the file out
     */
    public static String read(String name) {
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
