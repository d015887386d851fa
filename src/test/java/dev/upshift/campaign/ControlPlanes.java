package dev.upshift.campaign;

import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.upgrade.UpshiftApi;
import java.nio.file.Path;
import java.util.List;

/**
 * Two control planes over one metadata database: the one that runs are started on, and the one beside it, which takes
 * them over when their owner goes.
 */
final class ControlPlanes implements AutoCloseable {

    /** The name of the metadata database. */
    static final String METADATA = "upshift_metadata";

    private final Gatekeeper gatekeeper;
    private final Path logs;
    private final List<String> settings;
    private int started;
    private Node owner;
    private Node standby;

    ControlPlanes(Gatekeeper gatekeeper, PostgresCluster metadata, Path directory, Path logs) {
        this.gatekeeper = gatekeeper;
        this.logs = logs;
        metadata.execute("postgres", "create database " + METADATA);
        this.settings = List.of(
                "--spring.datasource.url=" + metadata.url(METADATA),
                "--spring.datasource.username=" + Login.UPSHIFT.user(),
                "--spring.datasource.password=" + Login.UPSHIFT.password(),
                "--spring.main.banner-mode=off",
                "--upshift.data-directory=" + directory.resolve("control-planes"),
                "--upshift.bootstrap-password=" + UpshiftApi.PASSWORD,
                "--upshift.monitoring.interval=PT2S");
        this.owner = start();
        owner.api(); // the first one makes the tables
        this.standby = start();
    }

    private Node start() {
        return Node.start("control-plane-" + ++started, gatekeeper, logs, settings);
    }

    Node owner() {
        return owner;
    }

    Node standby() {
        return standby;
    }

    /** The one that is asked how things are: any that lives. */
    UpshiftApi api() {
        return (owner.isAlive() && !owner.isFrozen() ? owner : standby).api();
    }

    /** Replaces what has died, and lets the one that lives own the next run. */
    void refresh() {
        if (!owner.isAlive()) {
            owner = standby;
            standby = start();
        } else if (!standby.isAlive()) {
            standby = start();
        }
        owner.api();
    }

    /** Waits until the one beside the owner is there, which takes its time after a death. */
    void awaitStandby() {
        standby.api();
    }

    @Override
    public void close() {
        owner.close();
        standby.close();
    }
}
