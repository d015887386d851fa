package dev.upshift.pooler.internal;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Two clusters with the same database, for all tests of this JVM, and what it takes to put poolers in front of them. */
final class PoolerBench {

    static final JdbcPoolerConsoles CONSOLES = new JdbcPoolerConsoles();

    final LabDirectory directory = LabDirectory.create();
    final PostgresCluster old = cluster(13);
    final PostgresCluster fresh = cluster(18);

    private PoolerBench() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "pooler-bench-at-exit"));
    }

    static PoolerBench shared() {
        return Shared.BENCH;
    }

    private PostgresCluster cluster(int major) {
        PostgresCluster cluster =
                PostgresCluster.of(major, directory).durable(false).start();
        cluster.execute("postgres", "create role app login password '%s'".formatted(Login.APP.password()));
        cluster.execute("postgres", "create database shop owner app");
        cluster.execute("shop", "create table hit (at timestamptz default now()); grant insert on hit to app");
        return cluster;
    }

    /** A pooler whose entries all lead to the old cluster's database. */
    PgBouncer.Builder pooler(String name, String... entries) {
        PgBouncer.Builder builder = PgBouncer.named(name, directory);
        for (String entry : entries) {
            builder.database(entry, "host=127.0.0.1 port=" + old.port() + " dbname=shop");
        }
        return builder;
    }

    static Endpoint endpoint(int port) {
        return new Endpoint(
                "127.0.0.1", port, Login.UPSHIFT.user(), new Secret(Login.UPSHIFT.password()), SslMode.DISABLE);
    }

    static PoolerAddress address(PgBouncer pooler) {
        return new PoolerAddress(
                pooler.name(),
                endpoint(pooler.port()),
                new ConfigurationLocation("file", pooler.databasesIni().toString()));
    }

    static PoolerFleet fleet(List<String> entries, PgBouncer... poolers) {
        Clock clock = Clock.systemUTC();
        return new ParallelPoolerFleets(CONSOLES, new Waiting(clock), clock)
                .open(
                        Arrays.stream(poolers).map(PoolerBench::address).toList(),
                        Arrays.stream(poolers).collect(Collectors.toMap(PgBouncer::name, pooler -> entries)));
    }

    private void close() {
        old.close();
        fresh.close();
        directory.close();
    }

    private static final class Shared {
        static final PoolerBench BENCH = new PoolerBench();
    }
}
