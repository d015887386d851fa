package dev.upshift.campaign;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The other half of the faults. */
class LaterFaultsCampaignIT {

    @Test
    void everyFaultOfPoolersAndLinksOnce() {
        EveryFaultOnce.of(EnumSet.complementOf(EnumSet.copyOf(EveryFaultOnce.FIRST)));
    }
}
