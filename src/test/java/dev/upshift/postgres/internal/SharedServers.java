package dev.upshift.postgres.internal;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * One real server per major for all tests of the module, started when first asked for. A test class that uses them is
 * extended with this class, which ends them when the last test has run.
 */
public final class SharedServers implements BeforeAllCallback {

    private static final LabDirectory DIRECTORY = LabDirectory.create();
    private static final Map<Integer, PostgresCluster> SERVERS = new ConcurrentHashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    public void beforeAll(ExtensionContext context) {
        AutoCloseable atTheEnd = SharedServers::close;
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedServers.class))
                .computeIfAbsent("servers", key -> atTheEnd);
    }

    public static PostgresCluster of(int major) {
        return SERVERS.computeIfAbsent(
                major, wanted -> start(PostgresCluster.of(wanted, DIRECTORY).named("shared-" + wanted)));
    }

    /** A server of its own, for a test that kills or freezes it. */
    static PostgresCluster own(int major) {
        return start(PostgresCluster.of(major, DIRECTORY).named("own-" + DATABASES.incrementAndGet()));
    }

    /** A new, empty database. */
    static String database(int major) {
        String name = "Test " + DATABASES.incrementAndGet();
        of(major).execute("postgres", "create database \"" + name + "\"");
        return name;
    }

    static Endpoint endpoint(int major) {
        return endpoint(of(major));
    }

    static Endpoint endpoint(PostgresCluster cluster) {
        return new Endpoint(
                "127.0.0.1",
                cluster.port(),
                Login.UPSHIFT.user(),
                new Secret(Login.UPSHIFT.password()),
                SslMode.PREFER);
    }

    static PostgresSession open(int major, String database) {
        return new DriverSessions().open(endpoint(major), database, PostgresSessions.SHORT);
    }

    private static PostgresCluster start(PostgresCluster.Builder server) {
        return server.durable(false).setting("max_prepared_transactions", "10").start();
    }

    private static void close() {
        SERVERS.values().parallelStream().forEach(PostgresCluster::close);
        DIRECTORY.close();
    }
}
