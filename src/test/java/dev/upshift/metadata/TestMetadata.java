package dev.upshift.metadata;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** One PostgreSQL per JVM, of the version that is embedded for real, with as many databases as tests ask for. */
public final class TestMetadata {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestMetadata() {}

    /** A new, empty database. */
    public static TestDatabase empty() {
        String name = "metadata_" + NUMBER.incrementAndGet();
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(name);
    }

    /** A new database with the tables of every module, for tests without an application context. */
    public static TestDatabase migrated() {
        TestDatabase database = empty();
        try {
            Resource[] scripts =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/*/V*.sql");
            // "__root" sorts first, as it also runs first in the application.
            Arrays.stream(scripts)
                    .map(script -> folder(script))
                    .sorted()
                    .distinct()
                    .forEach(folder -> Flyway.configure()
                            .dataSource(database.dataSource())
                            .locations("classpath:db/migration/" + folder)
                            .table("flyway_schema_history_" + folder)
                            .baselineOnMigrate(true)
                            .baselineVersion("0")
                            .load()
                            .migrate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return database;
    }

    private static String folder(Resource script) {
        try {
            return Objects.requireNonNull(Path.of(script.getURI()).getParent())
                    .getFileName()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database of the test server. */
    public record TestDatabase(String name) {

        public DataSource dataSource() {
            return Server.RUNNING.getDatabase("postgres", name);
        }

        public String url() {
            return Server.RUNNING.getJdbcUrl("postgres", name);
        }
    }

    private static final class Server {

        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(new File("target/metadata-programs"))
                        .setOutputRedirector(ProcessBuilder.Redirect.appendTo(logFile()))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static File logFile() {
            File programs = new File("target/metadata-programs");
            programs.mkdirs();
            return new File("target/metadata-server.log");
        }
    }
}
