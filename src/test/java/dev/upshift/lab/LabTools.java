package dev.upshift.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds the native programs that no Maven artifact carries: where the build found them, else in the usual places. */
public final class LabTools {

    private static final Path FOUND_BY_BUILD = Path.of("target", "tools.properties");

    private LabTools() {}

    /** The program of that name. */
    public static Path find(String program) {
        return Stream.concat(foundByBuild(program).stream(), usualPlaces(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + program
                        + " was found: install it, for example by apt-get install " + program + " or brew install "
                        + program));
    }

    /** The program of that name that the build has found or installed. */
    static Optional<Path> foundByBuild(String program) {
        if (!Files.isReadable(FOUND_BY_BUILD)) {
            return Optional.empty();
        }
        try (InputStream file = Files.newInputStream(FOUND_BY_BUILD)) {
            Properties tools = new Properties();
            tools.load(file);
            return Optional.ofNullable(tools.getProperty(program))
                    .filter(path -> !path.isBlank())
                    .map(Path::of);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FOUND_BY_BUILD, e);
        }
    }

    private static Stream<Path> usualPlaces(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of(path.split(":")),
                        Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, program));
    }
}
