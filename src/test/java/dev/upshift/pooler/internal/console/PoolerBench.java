package dev.upshift.pooler.internal.console;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;

/** Two clusters with the same database, for all tests of this JVM, and what it takes to put poolers in front of them. */
public final class PoolerBench {

    public static final PoolerConsoles CONSOLES = new JdbcPoolerConsoles();
    public static final PoolerClients CLIENTS = new JdbcPoolerClients();

    final LabDirectory directory = LabDirectory.create();
    final PostgresCluster old = cluster(13);
    public final PostgresCluster fresh = cluster(18);

    private PoolerBench() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "pooler-bench-at-exit"));
    }

    public static PoolerBench shared() {
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
    public PgBouncer.Builder pooler(String name, String... entries) {
        PgBouncer.Builder builder = PgBouncer.named(name, directory);
        for (String entry : entries) {
            builder.database(entry, "host=127.0.0.1 port=" + old.port() + " dbname=shop");
        }
        return builder;
    }

    public static Endpoint endpoint(int port) {
        return new Endpoint(
                "127.0.0.1", port, Login.UPSHIFT.user(), new Secret(Login.UPSHIFT.password()), SslMode.DISABLE);
    }

    public static PoolerAddress address(PgBouncer pooler) {
        return new PoolerAddress(
                pooler.name(),
                endpoint(pooler.port()),
                new ConfigurationLocation("file", pooler.databasesIni().toString()));
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
