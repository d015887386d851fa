package dev.upshift.postgres.internal.session;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.Endpoint;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.stereotype.Component;

/** Opens sessions through the PostgreSQL driver. */
@Component
public class DriverSessions implements PostgresSessions {

    /** For a session that looks at what another one waits for: somebody waits for both. */
    private static final Timeouts BESIDE = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1));

    @Override
    public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts) {
        return open(endpoint, database, timeouts, "");
    }

    @Override
    public DriverSession open(Endpoint endpoint, String database, Timeouts timeouts, String mark) {
        try {
            PGSimpleDataSource source = dataSource(endpoint, database, timeouts);
            source.setApplicationName((APPLICATION_NAME + " " + mark).strip());
            return DriverSession.over(
                    source.getConnection(),
                    database,
                    timeouts.statement(),
                    () -> open(endpoint, database, BESIDE, mark));
        } catch (SQLException failure) {
            throw ConnectFailure.of(failure).about(endpoint, database);
        } catch (IllegalArgumentException unusable) {
            throw new PostgresUnreachable(
                    PostgresUnreachable.Reason.OTHER,
                    "PostgreSQL at %s cannot be addressed: %s.".formatted(endpoint.address(), unusable.getMessage()),
                    "Correct the address of the cluster.",
                    unusable);
        }
    }

    private static PGSimpleDataSource dataSource(Endpoint endpoint, String database, Timeouts timeouts) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {endpoint.host()});
        source.setPortNumbers(new int[] {endpoint.port()});
        source.setDatabaseName(database);
        source.setUser(endpoint.username());
        source.setPassword(endpoint.password().reveal());
        source.setSslMode(endpoint.sslMode().parameter());
        source.setGssEncMode("disable");
        source.setAssumeMinServerVersion("13");
        source.setTcpKeepAlive(true);
        // Definitions change under long sessions; a plan kept on the server could then fail.
        source.setPrepareThreshold(0);
        source.setOptions(SessionSettings.options(timeouts.statement()));
        int seconds = seconds(timeouts.connect());
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        // Until the session takes over: each answer during sign-in.
        source.setSocketTimeout(seconds);
        source.setCancelSignalTimeout(seconds);
        return source;
    }

    private static int seconds(Duration timeout) {
        return (int) Math.max(1, timeout.plusMillis(999).toSeconds());
    }
}
