package dev.upshift.matrix;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Secret;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A control plane's connection to a server. */
final class Session implements PostgresSession {
    final Server server;
    private final ControlPlane plane;
    private final String database;
    private final String mark;
    private final int boot;
    private final int pid;
    private boolean open = true;

    Session(ControlPlane plane, Server server, String database, String mark) {
        this.plane = plane;
        this.server = server;
        this.database = database;
        this.mark = mark;
        this.boot = server.boot;
        this.pid = server.nextPid();
    }

    Database db() {
        return server.database(database);
    }

    void requireOpen() {
        if (!open || boot != server.boot || server.isAway()) {
            throw new DataAccessResourceFailureException("This connection has been closed");
        }
    }

    String mark() {
        return mark;
    }

    /** Somebody ends it at the server. */
    void end() {
        open = false;
    }

    @Override
    public JdbcClient jdbc() {
        throw new UnsupportedOperationException("SQL belongs behind a port");
    }

    @Override
    public JdbcClient change() {
        throw new UnsupportedOperationException("SQL belongs behind a port");
    }

    @Override
    public String reveal(Secret secret) {
        return secret.reveal();
    }

    @Override
    public PostgresVersion version() {
        return new PostgresVersion(server.major * 10000);
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public int backendPid() {
        return pid;
    }

    @Override
    public void ping() {
        plane.look("PostgresSession.ping " + this, () -> {
            requireOpen();
            return pid;
        });
    }

    @Override
    public String identifier(String name) {
        throw new UnsupportedOperationException("SQL belongs behind a port");
    }

    @Override
    public String literal(String text) {
        throw new UnsupportedOperationException("SQL belongs behind a port");
    }

    @Override
    public void limitStatements(Duration timeout) {
        plane.look("PostgresSession.limitStatements " + this, () -> {
            requireOpen();
            return pid;
        });
    }

    @Override
    public void keepPlans() {
        plane.look("PostgresSession.keepPlans " + this, () -> {
            requireOpen();
            return pid;
        });
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        throw new UnsupportedOperationException("SQL belongs behind a port");
    }

    @Override
    public void abort() {
        end();
    }

    @Override
    public void close() {
        end();
    }

    @Override
    public String toString() {
        return server.side.word() + "/" + database;
    }
}
