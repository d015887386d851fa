package dev.upshift.metadata.internal;

import dev.upshift.shared.DataDirectory;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The embedded metadata database: running from construction until it is closed, and ours alone meanwhile. */
final class EmbeddedMetadata implements JdbcConnectionDetails, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedMetadata.class);

    private final DirectoryLock lock;
    private final EmbeddedServer server;

    private EmbeddedMetadata(DirectoryLock lock, EmbeddedServer server) {
        this.lock = lock;
        this.server = server;
    }

    /** @throws dev.upshift.shared.InvalidConfiguration if the directory is in use or the server does not start */
    static EmbeddedMetadata start(DataDirectory directory, MetadataSettings settings) {
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            EmbeddedServer server = EmbeddedServer.start(directory, settings);
            log.info(
                    "Metadata is kept in an embedded PostgreSQL on port {}, its files in {}. To use a PostgreSQL of your"
                            + " own instead, set SPRING_DATASOURCE_URL (jdbc:postgresql://host:5432/upshift),"
                            + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.",
                    server.port(),
                    directory.path());
            return new EmbeddedMetadata(lock, server);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://localhost:" + server.port() + "/" + EmbeddedServer.DATABASE;
    }

    @Override
    public String getUsername() {
        return EmbeddedServer.DATABASE;
    }

    @Override
    public String getPassword() {
        return server.password();
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            server.close();
        }
    }
}
