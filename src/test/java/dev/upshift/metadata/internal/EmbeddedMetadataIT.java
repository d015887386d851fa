package dev.upshift.metadata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.upshift.shared.DataDirectory;
import dev.upshift.shared.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/** One data directory for all tests, so that the programs are unpacked once; each test leaves it stopped. */
class EmbeddedMetadataIT {

    private static Path directory;

    @BeforeAll
    static void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("upshift-metadata");
    }

    @AfterEach
    void stopWhatIsLeft() {
        LeftoverServer.in(cluster()).stop();
    }

    @AfterAll
    static void removeDirectory() throws IOException {
        FileSystemUtils.deleteRecursively(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "listen_addresses, localhost",
        "server_encoding, UTF8"
    })
    void isAsDurableAndAsPrivateAsAServerInstalledByHand(String setting, String value) throws Exception {
        try (EmbeddedMetadata metadata = start()) {
            assertThat(query(metadata.getJdbcUrl(), "show " + setting)).isEqualTo(value);
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedMetadata metadata = start()) {
            for (String user : new String[] {"upshift", "postgres"}) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> DriverManager.getConnection(metadata.getJdbcUrl(), user, "a guess")
                                .close())
                        .withMessageContaining("password authentication failed");
            }
            // The fifth line of postmaster.pid is the directory of its Unix socket, which must not be there.
            assertThat(Files.readAllLines(cluster().resolve("postmaster.pid")).get(4))
                    .isBlank();
            assertThat(query(metadata.getJdbcUrl(), "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("metadata/password"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("metadata"))))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsItsContentOverAnOrderlyRestartAndLeavesNoProcess() throws Exception {
        try (EmbeddedMetadata metadata = start()) {
            write(metadata.getJdbcUrl(), "orderly");
        }
        assertThat(postmaster()).isEmpty();

        try (EmbeddedMetadata metadata = start()) {
            assertThat(read(metadata.getJdbcUrl(), "orderly")).isEqualTo("1");
        }
    }

    @Test
    void stopsWithTheControlPlaneOnSigterm() throws Exception {
        try (ControlPlaneProcess other = ControlPlaneProcess.start(directory)) {
            assertThat(postmaster()).isPresent();

            other.terminate();

            assertThat(postmaster()).isEmpty();
        }
    }

    @Test
    void startsAgainAfterTheControlPlaneWasKilled() throws Exception {
        try (ControlPlaneProcess other = ControlPlaneProcess.start(directory)) {
            write(other.url(), "killed");
            other.kill();
        }
        ProcessHandle orphan = postmaster().orElseThrow();
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedMetadata metadata = start()) {
            assertThat(read(metadata.getJdbcUrl(), "killed")).isEqualTo("1");
            assertThat(orphan.isAlive()).isFalse();
        }
    }

    @Test
    void startsAgainAfterControlPlaneAndServerWereKilled() throws Exception {
        try (ControlPlaneProcess other = ControlPlaneProcess.start(directory)) {
            write(other.url(), "power cut");
            other.kill();
        }
        ProcessHandle orphan = postmaster().orElseThrow();
        orphan.destroyForcibly();
        orphan.onExit().get(10, TimeUnit.SECONDS);

        try (EmbeddedMetadata metadata = start()) {
            assertThat(read(metadata.getJdbcUrl(), "power cut")).isEqualTo("1");
        }
    }

    @Test
    void refusesADirectoryThatAnotherControlPlaneUses() throws Exception {
        try (ControlPlaneProcess other = ControlPlaneProcess.start(directory)) {
            assertThatExceptionOfType(InvalidConfiguration.class)
                    .isThrownBy(() -> start().close())
                    .withMessageContaining("Another control plane (process ")
                    .withMessageContaining(directory.toString())
                    .satisfies(refused -> assertThat(refused.remedy()).contains("SPRING_DATASOURCE_URL"));
            // and did the other one no harm
            assertThat(query(other.url(), "select 1")).isEqualTo("1");
            other.terminate();
        }
    }

    @Test
    void aStalePidFileOfAProcessThatIsNowSomethingElseDoesNotMatter() throws Exception {
        start().close();
        Files.writeString(
                cluster().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + cluster() + "\n");

        try (EmbeddedMetadata metadata = start()) {
            assertThat(query(metadata.getJdbcUrl(), "select 1")).isEqualTo("1");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void aFirstStartThatWasKilledHalfwayIsStartedOver() throws Exception {
        start().close();
        Files.delete(directory.resolve("metadata/complete"));
        Files.delete(cluster().resolve("global/pg_control"));
        for (Path programs : programs()) {
            Files.delete(programs.resolve(".exists"));
            Files.writeString(programs.resolve("bin/postgres"), "half");
        }

        // As in the process that comes after: the library remembers for this one what it has unpacked.
        try (ControlPlaneProcess other = ControlPlaneProcess.start(directory)) {
            assertThat(query(other.url(), "select 1")).isEqualTo("1");
            other.terminate();
        }
    }

    @Test
    void sortsAlikeOnEveryMachine() throws Exception {
        try (EmbeddedMetadata metadata = start()) {
            assertThat(
                            query(
                                    metadata.getJdbcUrl(),
                                    "select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'upshift'"))
                    .isEqualTo("b C.UTF-8");
        }
    }

    @Test
    void saysWhatTheServerSaidWhenItDoesNotStart() throws Exception {
        start().close();
        Path version = cluster().resolve("PG_VERSION");
        String right = Files.readString(version);
        Files.writeString(version, "9.6\n");
        try {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> ControlPlaneProcess.start(directory, "--upshift.metadata.start-timeout=3s")
                            .close())
                    .withMessageContaining("APPLICATION FAILED TO START")
                    .withMessageContaining("incompatible with server")
                    .withMessageContaining("setting: upshift.data-directory")
                    .withMessageContaining("server.log for the reason, or set SPRING_DATASOURCE_URL");
        } finally {
            Files.writeString(version, right);
        }
        start().close();
    }

    private static EmbeddedMetadata start() {
        return EmbeddedMetadata.start(new DataDirectory(directory), new MetadataSettings(Duration.ofSeconds(30)));
    }

    private static Path cluster() {
        return directory.resolve("metadata/cluster");
    }

    private static Iterable<Path> programs() throws IOException {
        try (var children = Files.list(directory.resolve("metadata/programs"))) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static Optional<ProcessHandle> postmaster() throws IOException {
        Path file = cluster().resolve("postmaster.pid");
        return Files.exists(file)
                ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst()))
                : Optional.empty();
    }

    private static void write(String url, String text) throws Exception {
        query(url, "create table if not exists note (text text); insert into note values ('" + text + "'); select 1");
    }

    private static String read(String url, String text) throws Exception {
        return query(url, "select count(*) from note where text = '" + text + "'");
    }

    /** The first value of the last result. */
    private static String query(String url, String sql) throws Exception {
        String password = Files.readString(directory.resolve("metadata/password"));
        try (Connection connection = DriverManager.getConnection(url, "upshift", password);
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
