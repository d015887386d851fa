package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.internal.MonitoringSettings;
import dev.upshift.records.SlotContinuity;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lets go of what was kept for long enough. */
@Component
public class Retention {

    private final LastSnapshots snapshots;
    private final SlotContinuity slots;
    private final SampleHistory history;
    private final KnownDirectClients directClients;
    private final MonitoringSettings settings;
    private final Clock clock;

    Retention(
            LastSnapshots snapshots,
            SlotContinuity slots,
            SampleHistory history,
            KnownDirectClients directClients,
            MonitoringSettings settings,
            Clock clock) {
        this.snapshots = snapshots;
        this.slots = slots;
        this.history = history;
        this.directClients = directClients;
        this.settings = settings;
        this.clock = clock;
    }

    /** Forgets projects that are no more. */
    public void keepOnly(List<Long> projects) {
        snapshots.deleteAllBut(projects);
        slots.keepOnly(projects);
    }

    /** Thins samples out with their age, and forgets clients that were not seen for long. */
    public void thinOut() {
        history.thinOut(clock.instant(), settings.history());
        directClients.forgetOld();
    }
}
