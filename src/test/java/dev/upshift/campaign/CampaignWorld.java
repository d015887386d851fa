package dev.upshift.campaign;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.upgrade.ControlPlane;
import dev.upshift.upgrade.UpshiftApi;
import java.time.Duration;

/**
 * Everything that a campaign goes on in: both clusters, two poolers, their clients, a metadata database of its own, two
 * control planes, and a project that replicates.
 */
final class CampaignWorld implements AutoCloseable {

    static final Duration PAUSE_BUDGET = Duration.ofSeconds(4);

    private static final int METADATA_MAJOR = 18;
    static final int CLIENTS = 12;
    private static final int PER_SECOND = 80;
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    private final LabDirectory directory;
    private final PostgresCluster metadata;
    private final LabWorld lab;
    private final Gatekeeper gatekeeper;
    private final ControlPlanes controlPlanes;
    private final LedgerWriters writers;

    private CampaignWorld(
            LabDirectory directory,
            PostgresCluster metadata,
            LabWorld lab,
            Gatekeeper gatekeeper,
            ControlPlanes controlPlanes,
            LedgerWriters writers) {
        this.directory = directory;
        this.metadata = metadata;
        this.lab = lab;
        this.gatekeeper = gatekeeper;
        this.controlPlanes = controlPlanes;
        this.writers = writers;
    }

    @SuppressWarnings("resource") // closed together with the world
    static CampaignWorld start() {
        LabDirectory directory = LabDirectory.create();
        PostgresCluster metadata = PostgresCluster.of(METADATA_MAJOR, directory)
                .named("metadata")
                .durable(false)
                .start();
        LabWorld lab = LabWorld.builder()
                .durable(false)
                // a server that was down is looked for again after a second instead of fifteen
                .poolers(pooler -> pooler.setting("server_login_retry", "1"))
                .start();
        Gatekeeper gatekeeper = new Gatekeeper();
        ControlPlanes controlPlanes = new ControlPlanes(gatekeeper, metadata, directory.path(), lab.logs());
        LedgerWriters writers = lab.startWriters(CLIENTS, PER_SECOND);
        CampaignWorld world = new CampaignWorld(directory, metadata, lab, gatekeeper, controlPlanes, writers);
        try {
            world.replicate();
            return world;
        } catch (RuntimeException | AssertionError e) {
            world.close();
            throw e;
        }
    }

    private void replicate() {
        UpshiftApi api = controlPlanes.api();
        api.register(ControlPlane.project(lab, settings -> {
            settings.put("pauseBudget", PAUSE_BUDGET.toString());
            settings.put("pauseAttempts", 2);
            return settings;
        }));
        api.succeed("copy-schema", SOON);
        api.succeed("replicate", LATER);
    }

    LabWorld lab() {
        return lab;
    }

    PostgresCluster metadata() {
        return metadata;
    }

    Gatekeeper gatekeeper() {
        return gatekeeper;
    }

    ControlPlanes controlPlanes() {
        return controlPlanes;
    }

    Runs runs() {
        return new Runs(metadata, ControlPlanes.METADATA);
    }

    LedgerWriters writers() {
        return writers;
    }

    @Override
    public void close() {
        controlPlanes.close();
        gatekeeper.close();
        lab.close();
        metadata.close();
        directory.close();
    }
}
