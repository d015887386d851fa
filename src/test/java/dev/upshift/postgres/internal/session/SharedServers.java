package dev.upshift.postgres.internal.session;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * One real server per major for all tests of the module, started when first asked for. A test class that uses them is
 * extended with this class, which ends them when the last test has run.
 */
public final class SharedServers implements BeforeAllCallback {

    public static final DriverSessions SESSIONS = new DriverSessions();

    private static final LabDirectory DIRECTORY = LabDirectory.create();
    private static final Map<Integer, PostgresCluster> SERVERS = new ConcurrentHashMap<>();
    private static final Map<Integer, PostgresCluster> CRAMPED = new ConcurrentHashMap<>();
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

    /** One per major that has next to no room for anything, and writes no logical WAL. */
    public static PostgresCluster cramped(int major) {
        return CRAMPED.computeIfAbsent(
                major,
                wanted -> start(PostgresCluster.of(wanted, DIRECTORY)
                        .named("cramped-" + wanted)
                        .setting("wal_level", "replica")
                        .setting("max_replication_slots", "1")
                        .setting("max_wal_senders", "1")
                        .setting("max_worker_processes", "2")
                        .setting("max_logical_replication_workers", "1")
                        .setting("max_sync_workers_per_subscription", "0")
                        .setting("max_locks_per_transaction", "10")
                        .setting("max_connections", "20")));
    }

    /** A server of its own, for a test that kills or freezes it. */
    public static PostgresCluster own(int major) {
        return start(PostgresCluster.of(major, DIRECTORY).named("own-" + DATABASES.incrementAndGet()));
    }

    /** A new, empty database. */
    public static String database(int major) {
        String name = "Test " + DATABASES.incrementAndGet();
        of(major).execute("postgres", "create database \"" + name + "\"");
        return name;
    }

    public static Endpoint endpoint(int major) {
        return endpoint(of(major));
    }

    public static Endpoint endpoint(PostgresCluster cluster) {
        return new Endpoint(
                "127.0.0.1",
                cluster.port(),
                Login.UPSHIFT.user(),
                new Secret(Login.UPSHIFT.password()),
                SslMode.PREFER);
    }

    public static PostgresSession open(int major, String database) {
        return SESSIONS.open(endpoint(major), database, PostgresSessions.SHORT);
    }

    private static PostgresCluster start(PostgresCluster.Builder server) {
        return server.durable(false).setting("max_prepared_transactions", "10").start();
    }

    private static void close() {
        Stream.of(SERVERS, CRAMPED)
                .flatMap(servers -> servers.values().stream())
                .parallel()
                .forEach(PostgresCluster::close);
        DIRECTORY.close();
    }
}
