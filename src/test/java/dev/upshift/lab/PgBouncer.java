package dev.upshift.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One real PgBouncer process in front of a cluster. Its {@code [databases]} entries are in a file of their own,
 * {@link #databasesIni()}, which the control plane rewrites.
 *
 * <p>PgBouncer refuses to run as root; started by root it drops to the user {@code nobody}, who may read its folder
 * while only its owner may write there.
 */
public final class PgBouncer implements AutoCloseable {

    /** Where it listens. */
    public static final String HOST = "127.0.0.1";

    /** Kept, so that its filter is: the driver complains about the console's version at every connection. */
    private static final Logger DRIVER_LOGGER = Logger.getLogger("org.postgresql.jdbc.PgConnection");

    private static final String UNPRIVILEGED = "nobody";
    private static final Duration START = Duration.ofSeconds(10);
    private static final long STOP_MILLIS = 5_000;

    private final Builder settings;
    private final Path folder;
    private final Path log;
    private @Nullable Process process;

    private PgBouncer(Builder settings) {
        if (DRIVER_LOGGER.getFilter() == null) {
            DRIVER_LOGGER.setFilter(
                    entry -> !String.valueOf(entry.getMessage()).startsWith("Unsupported Server Version"));
        }
        this.settings = settings;
        this.folder = settings.directory.subdirectory(settings.name);
        this.log = LabLogs.file(settings.directory, settings.name);
    }

    /** Describes a pooler that keeps its configuration in {@code directory}. */
    public static Builder named(String name, LabDirectory directory) {
        return new Builder(name, directory);
    }

    /** Its name, for example {@code bouncer-a}. */
    public String name() {
        return settings.name;
    }

    /** The port for clients and for the console. */
    public int port() {
        return settings.port;
    }

    /** The file that holds the {@code [databases]} entries; renaming a new one over it and RELOAD activates it. */
    public Path databasesIni() {
        return folder.resolve("databases.ini");
    }

    /** The text of {@link #databasesIni()}. */
    public String configuration() {
        try {
            return Files.readString(databasesIni());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the configuration of " + this, e);
        }
    }

    /** The JDBC address of a database through this pooler, for clients; without credentials. */
    public String url(String database) {
        return "jdbc:postgresql://" + HOST + ":" + settings.port + "/" + database + "?prepareThreshold=0";
    }

    /** Opens a client's connection through the pooler. */
    public Connection connect(String database, Login login) throws SQLException {
        return DriverManager.getConnection(url(database), properties(login));
    }

    /** Opens a console. Close it with care: a PAUSE outlives the connection that asked for it. */
    public Connection console() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + HOST + ":" + settings.port
                        + "/pgbouncer?preferQueryMode=simple&replication=false",
                properties(Login.UPSHIFT));
    }

    /** Gives the console a command, such as {@code PAUSE shop}, and waits for its answer. */
    public void command(String command) {
        try (Connection console = console()) {
            Sql.execute(console, command);
        } catch (SQLException e) {
            throw new Sql.LabSqlException(command, e);
        }
    }

    /** The rows of a console's {@code SHOW …}. */
    public List<Map<String, @Nullable String>> show(String what) {
        try (Connection console = console()) {
            return Sql.rows(console, "SHOW " + what);
        } catch (SQLException e) {
            throw new Sql.LabSqlException("SHOW " + what, e);
        }
    }

    /** Tells whether clients of the database {@code shop} are held. */
    public boolean paused() {
        return paused(LedgerSchema.DATABASE);
    }

    /** Tells whether clients of an entry are held. */
    public boolean paused(String entry) {
        return "1".equals(entry(entry).get("paused"));
    }

    /** The server's port that an entry leads to, as the running process sees it. */
    public int leadsTo(String entry) {
        return Integer.parseInt(Objects.requireNonNull(entry(entry).get("port")));
    }

    /** Starts the process and waits until its console answers. */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs already");
        }
        try {
            Process started = new ProcessBuilder(commandLine())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            Files.writeString(folder.resolve(LabDirectory.PGBOUNCER_PID_FILE), Long.toString(started.pid()));
        } catch (IOException e) {
            throw new UncheckedIOException("PgBouncer does not start, see " + log, e);
        }
        Awaitility.await("console of " + this + ", see " + log)
                .atMost(START)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .failFast("it ended, see " + log, () -> !isRunning())
                .ignoreExceptions()
                .until(() -> !show("VERSION").isEmpty());
    }

    /** Ends the process and with it all its connections. */
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        proceed();
        running.destroy();
        try {
            if (!running.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
        process = null;
    }

    /** Ends the process as {@code kill -9} does. */
    public void kill() {
        Process running = process;
        if (running != null) {
            Processes.end(running.toHandle(), "KILL");
            process = null;
        }
    }

    /** Freezes the process: its port takes connections, nothing answers. */
    public void suspend() {
        signal("STOP");
    }

    /** Lets a frozen process go on. */
    public void proceed() {
        signal("CONT");
    }

    /** Tells whether the process exists. */
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return settings.name + " (PgBouncer on " + HOST + ":" + settings.port + ")";
    }

    private void writeFiles() {
        try {
            Path users = folder.resolve("userlist.txt");
            Files.writeString(users, userList(settings.users));
            Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
            if (startedByRoot()) {
                Files.setOwner(
                        users,
                        users.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED));
            }
            replaceConfiguration(settings.databases.entrySet().stream()
                    .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                    .collect(Collectors.joining(
                            "",
                            "; Which cluster each database is on.\n[databases]\n",
                            "; Not part of any upgrade.\nlegacy = host=127.0.0.1 port=1 dbname=legacy pool_size=2\n")));
            Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    Sql.resource("pgbouncer.ini")
                            .formatted(
                                    settings.port,
                                    users,
                                    settings.poolMode,
                                    settings.poolSize,
                                    settings.extra.entrySet().stream()
                                            .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
                                            .collect(Collectors.joining()),
                                    databasesIni()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the configuration of " + this, e);
        }
    }

    /** Writes {@link #databasesIni()} as a careful administrator does: beside it, then renamed over it. No RELOAD. */
    public void replaceConfiguration(String text) {
        try {
            Path next = folder.resolve("databases.ini.by-hand");
            Files.writeString(next, text);
            Files.move(next, databasesIni(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the configuration of " + this, e);
        }
    }

    /** The text of the pooler's own ini file, which includes {@link #databasesIni()}. */
    public String mainConfiguration() {
        try {
            return Files.readString(folder.resolve("pgbouncer.ini"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the configuration of " + this, e);
        }
    }

    /** Overwrites the pooler's own ini file. No RELOAD. */
    public void replaceMainConfiguration(String text) {
        try {
            Files.writeString(folder.resolve("pgbouncer.ini"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the configuration of " + this, e);
        }
    }

    /** Gives a user another password here, as somebody does who has changed it on the server. */
    public void changePassword(Login login) {
        settings.users.put(login.user(), login);
        try {
            Files.writeString(folder.resolve("userlist.txt"), userList(settings.users));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the users of " + this, e);
        }
        command("RELOAD");
    }

    /**
     * Clear passwords, because PgBouncer has to show them to the servers as well; it speaks SCRAM to both sides. Only for
     * the control plane, who signs in again and again, there is what a server keeps: the same on every server.
     */
    private static String userList(Map<String, Login> users) {
        return users.values().stream()
                .map(login -> "\"" + login.user() + "\" \""
                        + (login.equals(Login.UPSHIFT) ? login.kept() : login.password()) + "\"\n")
                .collect(Collectors.joining());
    }

    private List<String> commandLine() {
        List<String> command =
                new ArrayList<>(List.of(LabTools.find("pgbouncer").toString()));
        if (startedByRoot()) {
            command.addAll(List.of("-u", UNPRIVILEGED));
        }
        command.add(folder.resolve("pgbouncer.ini").toString());
        return command;
    }

    private Map<String, @Nullable String> entry(String name) {
        return show("DATABASES").stream()
                .filter(row -> name.equals(row.get("name")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(this + " has no entry " + name));
    }

    private void signal(String signal) {
        Process running = process;
        if (running != null) {
            Processes.signal(signal, List.of(running.toHandle()));
        }
    }

    private static boolean startedByRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Properties properties(Login login) {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("connectTimeout", "10");
        return properties;
    }

    /** What a pooler is to be like. */
    public static final class Builder {

        private final String name;
        private final LabDirectory directory;
        private int port = LoopbackPorts.next();
        private final Map<String, String> databases = new LinkedHashMap<>();
        private final Map<String, String> extra = new LinkedHashMap<>();
        private final Map<String, Login> users = new LinkedHashMap<>();
        private String poolMode = "transaction";
        private int poolSize = 20;

        private Builder(String name, LabDirectory directory) {
            this.name = name;
            this.directory = directory;
            user(Login.APP);
            user(Login.UPSHIFT);
        }

        /** Lets somebody sign in, besides the application and the control plane. */
        public Builder user(Login login) {
            users.put(login.user(), login);
            return this;
        }

        /** Adds an entry that leads to the database of the same name on the server that listens on {@code port}. */
        public Builder database(String entry, int port) {
            return database(entry, "host=127.0.0.1 port=" + port + " dbname=" + entry);
        }

        /** Adds an entry as it stands in the file, after the equals sign. */
        public Builder database(String entry, String connectString) {
            databases.put(entry, connectString);
            return this;
        }

        /** Listens on the port of another one, as {@code so_reuseport} allows; a free one unless said otherwise. */
        public Builder on(int port) {
            this.port = port;
            return this;
        }

        /** {@code transaction} unless said otherwise. */
        public Builder poolMode(String poolMode) {
            this.poolMode = poolMode;
            return this;
        }

        /** How many server connections a pool has at most; 20 unless said otherwise. */
        public Builder poolSize(int poolSize) {
            this.poolSize = poolSize;
            return this;
        }

        /** Sets a setting of the section {@code [pgbouncer]}. */
        public Builder setting(String setting, String value) {
            extra.put(setting, value);
            return this;
        }

        /** Writes the configuration and starts the process. */
        public PgBouncer start() {
            PgBouncer pooler = new PgBouncer(this);
            pooler.writeFiles();
            pooler.start();
            return pooler;
        }
    }
}
