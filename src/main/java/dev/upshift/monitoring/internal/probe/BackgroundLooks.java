package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.SchemaDrift;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.springframework.stereotype.Component;

/** Makes what looks at servers now and then beside the samples, because it takes them longer. */
@Component
class BackgroundLooks {

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final SchemaDrift drift;
    private final MonitoringSettings settings;
    private final Clock clock;
    private final Executor background =
            task -> Thread.ofVirtual().name("inventory").start(task);

    BackgroundLooks(
            PostgresSessions sessions, Catalog catalog, SchemaDrift drift, MonitoringSettings settings, Clock clock) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.drift = drift;
        this.settings = settings;
        this.clock = clock;
    }

    Inventory inventory() {
        return new Inventory(sessions, catalog, settings.inventoryInterval(), clock, background);
    }

    DriftLook drift() {
        return new DriftLook(sessions, drift, settings.inventoryInterval(), clock, background);
    }
}
