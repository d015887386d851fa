package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.internal.session.DriverSession;
import dev.upshift.postgres.internal.session.SecretCommand;
import dev.upshift.postgres.internal.session.SecretSession;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Secret;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A session that looks at a real server, in read-only transactions, and notes what it is told to change. */
final class RecordingSession implements SecretSession {

    private final DriverSession real;
    private final Endpoint server;
    private final String database;
    private final Consumer<Recorded> record;
    private final JdbcClient reading;
    private final JdbcClient noting;
    private final Leaving leaving;
    private boolean left;
    private @Nullable String condition;

    /**
     * @param real read-only
     * @param database what is told to be its database; the real one's, unless that is still to be created
     */
    RecordingSession(DriverSession real, Endpoint server, String database, Consumer<Recorded> record, Leaving leaving) {
        this.real = real;
        this.server = server;
        this.database = database;
        this.record = record;
        this.leaving = leaving;
        this.reading =
                JdbcClient.create(new SingleConnectionDataSource(RecordingConnection.reading(real.connection()), true));
        this.noting = JdbcClient.create(
                new SingleConnectionDataSource(RecordingConnection.noting(real.connection(), this::note), true));
    }

    static RecordingSession of(PostgresSession session) {
        if (session instanceof RecordingSession ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a session that records: " + session);
    }

    /** Tells a database of this session's server from those of others. */
    String placeOf(String name) {
        return server.address() + "/" + name;
    }

    /** What is told meanwhile is noted with this condition. */
    void only(String when, Runnable work) {
        condition = when;
        try {
            work.run();
        } finally {
            condition = null;
        }
    }

    private void note(NotedStatement statement) {
        note(Recorded.Kind.STATEMENT, statement.text(), statement.shown());
    }

    private void note(Recorded.Kind kind, String text, String shown) {
        record.accept(new Recorded(kind, server, database, text, shown, condition));
    }

    @Override
    public JdbcClient jdbc() {
        return reading;
    }

    @Override
    public JdbcClient change() {
        return noting;
    }

    @Override
    public String reveal(Secret secret) {
        return secret.toString();
    }

    @Override
    public void execute(SecretCommand command) {
        String text = StatementText.tidy(command.masked());
        note(Recorded.Kind.STATEMENT, text, StatementText.cut(text));
    }

    @Override
    public PostgresVersion version() {
        return real.version();
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public int backendPid() {
        return real.backendPid();
    }

    @Override
    public void ping() {
        real.ping();
    }

    @Override
    public String identifier(String name) {
        return real.identifier(name);
    }

    @Override
    public String literal(String text) {
        return real.literal(text);
    }

    /** Those of a plan are short anyway. */
    @Override
    public void limitStatements(Duration timeout) {}

    @Override
    public void keepPlans() {}

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return real.inTransaction(work);
    }

    /** Nothing is under way: who records a step is who would cut it. */
    @Override
    public void abort() {
        leave(true);
    }

    @Override
    public void close() {
        leave(false);
    }

    private void leave(boolean lost) {
        if (!left) {
            left = true;
            leaving.leave(lost);
        }
    }

    @Override
    public String toString() {
        return "recording " + real;
    }

    /** Gives the real session back. */
    @FunctionalInterface
    interface Leaving {

        /** @param lost whether it is of no use any more */
        void leave(boolean lost);
    }
}
