package dev.upshift.lab;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One real PostgreSQL cluster on loopback: any major that the build brings, set up for logical replication, with
 * passwords required. It can be stopped, killed, frozen and started again on the same port with the same data.
 *
 * <p>It is durable by default ({@code fsync}, {@code synchronous_commit} and {@code full_page_writes} on): the time of a
 * commit, and so of the flush barrier in a switchover, is what a careful operator's server needs on this disk.
 * {@link Builder#durable durable(false)} turns {@code fsync} off for tests that measure nothing; that loses no data
 * when a process is killed, only when the machine is.
 */
public final class PostgresCluster implements AutoCloseable {

    /** Where it listens. */
    public static final String HOST = "127.0.0.1";

    private static final Duration START = Duration.ofSeconds(60);
    private static final long STOP_MILLIS = 15_000;

    private final Builder settings;
    private final Path data;
    private final Path log;

    private PostgresCluster(Builder settings) {
        this.settings = settings;
        this.data = settings.directory.path().resolve(settings.name).resolve("data");
        this.log = LabLogs.file(settings.directory, settings.name);
    }

    /** Describes a cluster of a major version, 13 to 18, that keeps its data in {@code directory}. */
    public static Builder of(int major, LabDirectory directory) {
        return new Builder(major, directory);
    }

    /** The major version. */
    public int major() {
        return settings.major;
    }

    /** The name it was given, for example {@code source}. */
    public String name() {
        return settings.name;
    }

    /** Where it listens. */
    public int port() {
        return settings.port;
    }

    /** What it has written to its log so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }

    /** Starts the server again, with the same data on the same port. */
    public void restart() {
        try {
            Files.deleteIfExists(data.resolve("epg-lock"));
            EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(new PostgresBinaries(settings.major))
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setDataDirectoryCustomizer(directory -> configure(directory.toPath()))
                    .setLocaleConfig("locale", "C")
                    .setPort(settings.port)
                    .setPGStartupWait(START)
                    .setConnectConfig("password", Login.POSTGRES.password())
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()));
            settings.onCommandLine().forEach(server::setServerConfig);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL " + settings.major + " does not start, see " + log, e);
        }
    }

    /** Stops the server as an administrator does: sessions are ended, everything is flushed. */
    public void stop() {
        postmaster().ifPresent(server -> {
            Processes.signal("INT", List.of(server));
            awaitEnd(Processes.tree(server));
        });
    }

    /** Stops the server and starts it as a standby, which has nobody to follow. */
    public void restartAsStandby() {
        stop();
        try {
            Files.createFile(data.resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a standby of " + this, e);
        }
        restart();
    }

    /** Kills every process of the server at once, as {@code kill -9} or a failing machine does. */
    public void kill() {
        postmaster().ifPresent(server -> {
            List<ProcessHandle> tree = Processes.tree(server);
            Processes.signal("KILL", tree);
            awaitEnd(tree);
            disownPidFile();
        });
    }

    /** Freezes every process of the server: connections stay open, nothing answers. */
    public void suspend() {
        postmaster().ifPresent(server -> Processes.signal("STOP", Processes.tree(server)));
    }

    /** Lets a frozen server go on. */
    public void thaw() {
        postmaster().ifPresent(server -> Processes.signal("CONT", Processes.tree(server)));
    }

    /** Tells whether the server's main process exists. */
    public boolean isRunning() {
        return postmaster().isPresent();
    }

    /** Opens a connection as the superuser {@link Login#UPSHIFT}. */
    public Connection connect(String database) {
        try {
            return connect(database, Login.UPSHIFT);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot connect to " + this + ": " + e.getMessage(), e);
        }
    }

    /** Opens a connection as somebody else. */
    public Connection connect(String database, Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "upshift lab");
        return DriverManager.getConnection(url(database), properties);
    }

    /** The JDBC address of a database of this cluster, without credentials. */
    public String url(String database) {
        return "jdbc:postgresql://" + HOST + ":" + settings.port + "/" + database;
    }

    /** Executes one or more statements as the superuser. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database)) {
            Sql.execute(connection, sql);
        } catch (SQLException closing) {
            throw new Sql.LabSqlException(sql, closing);
        }
    }

    /** Runs a file of the lab. */
    public void executeFile(String database, String name) {
        execute(database, Sql.resource(name));
    }

    /** The one value that a query answers. */
    public String value(String database, String query) {
        try (Connection connection = connect(database)) {
            return Sql.value(connection, query);
        } catch (SQLException closing) {
            throw new Sql.LabSqlException(query, closing);
        }
    }

    /** The rows of a query, each from column label to value. */
    public List<Map<String, @Nullable String>> rows(String database, String query) {
        try (Connection connection = connect(database)) {
            return Sql.rows(connection, query);
        } catch (SQLException closing) {
            throw new Sql.LabSqlException(query, closing);
        }
    }

    /** Ends the server for good, without ceremony: its data goes with the lab's directory. */
    @Override
    public void close() {
        postmaster().ifPresent(server -> Processes.end(server, "QUIT"));
    }

    @Override
    public String toString() {
        return settings.name + " (PostgreSQL " + settings.major + " on " + HOST + ":" + settings.port + ")";
    }

    private void initialise() {
        restart();
        Properties trusted = new Properties();
        trusted.setProperty("user", Login.POSTGRES.user());
        try (Connection connection = DriverManager.getConnection(url("postgres"), trusted)) {
            Sql.execute(
                    connection, Sql.resource("roles.sql").formatted(Login.POSTGRES.password(), Login.UPSHIFT.kept()));
            Files.writeString(data.resolve("pg_hba.conf"), Sql.resource("pg_hba.conf"));
            Sql.execute(connection, "select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot set up " + this + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set up " + this, e);
        }
    }

    /** Runs between {@code initdb} and the start of the server. */
    private void configure(Path directory) {
        String lines = settings.inFile().entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(directory.resolve("lab.conf"), lines);
            Path main = directory.resolve("postgresql.conf");
            if (!Files.readString(main).contains("lab.conf")) {
                Files.writeString(main, "\ninclude 'lab.conf'\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot configure " + this, e);
        }
    }

    private void awaitEnd(List<ProcessHandle> processes) {
        if (!Processes.awaitEnd(processes, STOP_MILLIS)) {
            throw new IllegalStateException(this + " does not end, see " + log);
        }
    }

    /**
     * Puts a process id that no process can have into the pid file of a killed server. The old one may belong to a
     * process that its parent has not reaped yet, which PostgreSQL would take for a running server. The rest of the
     * file stays: PostgreSQL finds the shared memory to give back by it.
     */
    private void disownPidFile() {
        Path file = pidFile();
        try {
            String text = Files.readString(file);
            Files.writeString(file, Integer.MAX_VALUE + text.substring(text.indexOf('\n')));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot change " + file, e);
        }
    }

    private Path pidFile() {
        return data.resolve(LabDirectory.POSTGRES_PID_FILE);
    }

    private Optional<ProcessHandle> postmaster() {
        try (Stream<String> lines = Files.lines(pidFile())) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(Processes::isRunning);
        } catch (IOException stopped) {
            return Optional.empty();
        }
    }

    /** What a cluster is to be like. */
    public static final class Builder {

        private final int major;
        private final LabDirectory directory;
        private final Map<String, String> extra = new LinkedHashMap<>();
        private String name;
        private int port;
        private boolean durable = true;

        private Builder(int major, LabDirectory directory) {
            this.major = major;
            this.directory = directory;
            this.name = "postgres-" + major;
            this.port = LoopbackPorts.next();
        }

        /** Names the cluster for messages, logs and its folder; {@code postgres-13} and the like by default. */
        public Builder named(String name) {
            this.name = name;
            return this;
        }

        /** Sets a server setting, over the lab's own. */
        public Builder setting(String setting, String value) {
            extra.put(setting, value);
            return this;
        }

        /** Whether a commit waits for the disk; true unless said otherwise. */
        public Builder durable(boolean durable) {
            this.durable = durable;
            return this;
        }

        /** The port that it will listen on. */
        public int port() {
            return port;
        }

        /** Makes the cluster, with its roles, and starts it. */
        public PostgresCluster start() {
            PostgresCluster cluster = new PostgresCluster(this);
            cluster.initialise();
            return cluster;
        }

        /** What the embedded server would otherwise set itself on its command line, which has the last word. */
        private Map<String, String> onCommandLine() {
            return Map.of(
                    "fsync", durable ? "on" : "off",
                    "synchronous_commit", extra.getOrDefault("synchronous_commit", "on"),
                    "max_connections", extra.getOrDefault("max_connections", "200"));
        }

        private Map<String, String> inFile() {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("wal_level", "logical");
            settings.put("max_wal_senders", "40");
            settings.put("max_replication_slots", "40");
            settings.put("max_worker_processes", "40");
            settings.put("max_logical_replication_workers", "24");
            settings.put("max_sync_workers_per_subscription", "4");
            settings.put("shared_buffers", "128MB");
            settings.put("max_wal_size", "2GB");
            settings.put("password_encryption", "scram-sha-256");
            settings.put("unix_socket_directories", "");
            settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
            settings.putAll(onCommandLine());
            settings.putAll(extra);
            return settings;
        }
    }
}
