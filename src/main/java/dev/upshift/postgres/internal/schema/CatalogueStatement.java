package dev.upshift.postgres.internal.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** The long statements of this package, which are resource files beside its classes. */
final class CatalogueStatement {

    private CatalogueStatement() {}

    static String of(String name) {
        return read(new ClassPathResource(name + ".sql", CatalogueStatement.class));
    }

    static String read(ClassPathResource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
