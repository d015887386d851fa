package dev.upshift.postgres.internal.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.shared.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstalledToolsTests {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path machine;

    @ParameterizedTest(name = "installed {0}, from {1} to {2}: {3}")
    @CsvSource({
        "15,          13, 17, 15",
        "13 15 17 18, 13, 17, 17",
        "13 18,       13, 17, 13",
        "18,          13, 17, 18",
        "13 14 17,    13, 16, 14",
        "15 16 17,    16, 18, 17",
        "14 15,       13, 14, 14",
    })
    void closestToTheTargetIsTaken(String majors, int source, int target, int expected) {
        assertThat(installed(majors).between(version(source), version(target)).major())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "installed {0}, from {1} to {2}")
    @CsvSource({
        "14,    15, 17, needs pg_dump and pg_restore of version 15 or newer; found: 14 in",
        "17 18, 13, 16, needs pg_dump and pg_restore of version 16 or older; found: 17 in",
        "'',    13, 17, needs pg_dump and pg_restore of version 13 or newer; none was found",
    })
    void withoutAFittingOneTheRemedyIsTold(String majors, int source, int target, String expected) {
        assertThatThrownBy(() -> installed(majors).between(version(source), version(target)))
                .isInstanceOf(SchemaCopyFailed.class)
                .hasMessageContaining("from PostgreSQL " + source + " to " + target)
                .hasMessageContaining(expected.replace("16 or older", "16 or older, but not older than 13"))
                .hasMessageContaining("apt-get install postgresql-client-" + target)
                .hasMessageContaining("upshift.postgres.tools-directory");
    }

    @Test
    void whatDoesNotAnswerIsNoTool() throws IOException {
        Path broken = Files.createDirectories(machine.resolve("broken"));
        script(broken.resolve("pg_dump"), "exit 1");
        script(broken.resolve("pg_restore"), "exit 1");
        Path half = Files.createDirectories(machine.resolve("half"));
        script(half.resolve("pg_dump"), "echo 'pg_dump (PostgreSQL) 17.2'");

        InstalledTools tools = new InstalledTools(new ToolPlaces(List.of(broken, half)), new ToolProcesses());

        assertThatThrownBy(() -> tools.between(version(13), version(17))).hasMessageContaining("none was found");
    }

    @Test
    void settingIsTakenAloneElseTheUsualPlacesAndThePath() throws IOException {
        Path folder = Files.createDirectories(machine.resolve("mine"));
        script(folder.resolve("pg_dump"), "true");

        assertThat(ToolPlaces.of(new ToolSettings(folder, HOUR, HOUR), "/opt/some:/opt/other")
                        .folders())
                .containsExactly(folder);
        assertThat(ToolPlaces.of(new ToolSettings(null, HOUR, HOUR), "/opt/some::/opt/other")
                        .folders())
                .containsSubsequence(Path.of("/opt/some"), Path.of("/opt/other"), Path.of("/opt/homebrew/bin"))
                .doesNotHaveDuplicates();
    }

    @Test
    void wrongSettingsAreRefusedWithTheirKey() {
        assertThatThrownBy(() -> new ToolSettings(machine, HOUR, HOUR))
                .hasMessageStartingWith("upshift.postgres.tools-directory is " + machine);
        assertThatThrownBy(() -> new ToolSettings(null, Duration.ZERO, HOUR))
                .hasMessageStartingWith("upshift.postgres.copy-timeout is PT0S");
        assertThatThrownBy(() -> new ToolSettings(null, HOUR, Duration.ofSeconds(-1)))
                .hasMessageStartingWith("upshift.postgres.build-timeout is PT-1S");
    }

    private InstalledTools installed(String majors) {
        List<Path> folders = Arrays.stream(majors.strip().split(" "))
                .filter(major -> !major.isEmpty())
                .map(this::install)
                .toList();
        return new InstalledTools(new ToolPlaces(folders), new ToolProcesses());
    }

    private Path install(String major) {
        try {
            Path folder = Files.createDirectories(machine.resolve(major));
            script(folder.resolve("pg_dump"), "echo 'pg_dump (PostgreSQL) " + major + ".4 (Debian 1)'");
            script(folder.resolve("pg_restore"), "true");
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static PostgresVersion version(int major) {
        return new PostgresVersion(major * 10000 + 3);
    }
}
