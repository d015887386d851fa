package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Describes unpooled connections to a PgBouncer: simple protocol, nothing prepared, every phase limited. */
final class PoolerDataSource {

    /** A comma would make it a list of hosts, the others would end the host in a JDBC address. */
    private static final Pattern ONE_HOST = Pattern.compile("[^\\s,/?#&@]+");

    private PoolerDataSource() {}

    static PGSimpleDataSource of(PoolerAddress pooler, String database, Duration deadline) {
        Endpoint endpoint = pooler.console();
        if (!ONE_HOST.matcher(endpoint.host()).matches()) {
            throw new PoolerUnreachable(
                    Reason.HOST_UNKNOWN,
                    "The host of pooler %s is not one host name or address: %s"
                            .formatted(pooler.name(), endpoint.host()),
                    null);
        }
        // The driver counts in whole seconds here.
        int seconds = (int) Math.max(1, (deadline.toMillis() + 999) / 1000);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {endpoint.host()});
        source.setPortNumbers(new int[] {endpoint.port()});
        source.setDatabaseName(database);
        source.setUser(endpoint.username());
        source.setPassword(endpoint.password().reveal());
        source.setSslMode(endpoint.sslMode().parameter());
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        source.setPrepareThreshold(0);
        source.setApplicationName("upshift");
        source.setConnectTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setLoginTimeout(seconds);
        return source;
    }
}
