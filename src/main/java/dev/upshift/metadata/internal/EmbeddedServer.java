package dev.upshift.metadata.internal;

import dev.upshift.shared.DataDirectory;
import dev.upshift.shared.InvalidConfiguration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server on a free loopback port, as durable as one that was installed by hand. The library that brings
 * the programs is made for tests, hence the settings that take back what it relaxes.
 */
final class EmbeddedServer {

    /** Name of the database and of the role that owns it. */
    static final String DATABASE = "upshift";

    private final EmbeddedPostgres postgres;
    private final String password;

    private EmbeddedServer(EmbeddedPostgres postgres, String password) {
        this.postgres = postgres;
        this.password = password;
    }

    /** @throws InvalidConfiguration if it does not start, with the end of the server's own log */
    static EmbeddedServer start(DataDirectory directory, MetadataSettings settings) {
        Path cluster = directory.resolve("metadata/cluster");
        ServerLog serverLog = new ServerLog(directory.resolve("metadata/server.log"));
        try {
            LeftoverServer.in(cluster).stop();
            removeHalfMade(directory, cluster);
            ServerPassword password = ServerPassword.in(directory);
            EmbeddedPostgres postgres = builder(directory, cluster, serverLog, password)
                    .setPGStartupWait(settings.startTimeout())
                    .start();
            OwnedDatabase.ensure(postgres.getPostgresDatabase(), DATABASE, password.text());
            Files.writeString(complete(directory), "");
            return new EmbeddedServer(postgres, password.text());
        } catch (IOException | SQLException | IllegalStateException e) {
            LeftoverServer.in(cluster).stop();
            throw new InvalidConfiguration(
                    DataDirectory.KEY,
                    "The embedded metadata database in " + cluster + " did not start (" + e.getMessage()
                            + "). Its log ends with: " + serverLog.tail(),
                    "Read " + serverLog.path() + " for the reason, or set SPRING_DATASOURCE_URL to a PostgreSQL of"
                            + " your own.",
                    e);
        }
    }

    private static EmbeddedPostgres.Builder builder(
            DataDirectory directory, Path cluster, ServerLog serverLog, ServerPassword password) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                // Not below /tmp, where others could write and cleaners delete.
                .setOverrideWorkingDirectory(
                        directory.resolve("metadata/programs").toFile())
                // The application context stops it, after the pool.
                .setRegisterShutdownHook(false)
                .setOutputRedirector(serverLog.redirect())
                .setConnectConfig("password", password.text())
                // Options of initdb, whatever the builder calls them; the later --auth wins over its "-A trust".
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", password.file().toString())
                // The same order and the same case rules on every machine.
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                // The library starts the server with -F and synchronous_commit = off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("max_wal_size", "256MB")
                .setServerConfig("log_checkpoints", "off");
    }

    /** A first start that was killed leaves a cluster or programs that nobody can use; nothing was stored yet. */
    private static void removeHalfMade(DataDirectory directory, Path cluster) throws IOException {
        if (!Files.exists(complete(directory))) {
            FileSystemUtils.deleteRecursively(cluster);
        }
        File[] unpacked = directory.resolve("metadata/programs").toFile().listFiles(File::isDirectory);
        for (File programs : unpacked == null ? new File[0] : unpacked) {
            // The library writes this file when it has unpacked the rest, and trusts what is there otherwise.
            if (!new File(programs, ".exists").exists()) {
                FileSystemUtils.deleteRecursively(programs);
            }
        }
    }

    private static Path complete(DataDirectory directory) {
        return directory.resolve("metadata/complete");
    }

    int port() {
        return postgres.getPort();
    }

    String password() {
        return password;
    }

    void close() throws IOException {
        postgres.close();
    }
}
