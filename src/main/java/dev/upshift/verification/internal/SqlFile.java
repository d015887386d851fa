package dev.upshift.verification.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** The long statements of this package, which are resource files beside its classes. */
final class SqlFile {

    private SqlFile() {}

    static String read(String name) {
        try {
            return new ClassPathResource(name + ".sql", SqlFile.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
