package dev.upshift.monitoring.internal.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** Statements that are kept in files of their own. */
final class SqlResource {

    private SqlResource() {}

    static String read(String name) {
        try {
            return new ClassPathResource("dev/upshift/monitoring/internal/probe/" + name)
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException("The statement " + name + " is not part of this build", missing);
        }
    }
}
