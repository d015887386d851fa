package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.session.PostgresSessions;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.springframework.stereotype.Component;

/** Makes what looks at servers beside the samples, less often than they are taken. */
@Component
class RareLooks {

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final DatabaseLooks looks;
    private final SchemaDrift drift;
    private final MonitoringSettings settings;
    private final Clock clock;
    private final Executor background =
            task -> Thread.ofVirtual().name("inventory").start(task);

    RareLooks(
            PostgresSessions sessions,
            Catalog catalog,
            DatabaseLooks looks,
            SchemaDrift drift,
            MonitoringSettings settings,
            Clock clock) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.looks = looks;
        this.drift = drift;
        this.settings = settings;
        this.clock = clock;
    }

    Inventory inventory() {
        return new Inventory(sessions, catalog, looks, settings.inventoryInterval(), clock, background);
    }

    DirectLook direct(Connections connections, Together together) {
        return new DirectLook(connections, looks, together, settings.patience());
    }

    DriftLook drift() {
        return new DriftLook(sessions, drift, settings.inventoryInterval(), clock, background);
    }
}
