package dev.upshift.campaign;

import org.junit.jupiter.api.Test;

/** Half of the faults, so that the other half has its turn beside it. */
class FaultCampaignIT {

    @Test
    void everyFaultOfControlPlanesAndServersOnce() {
        EveryFaultOnce.of(EveryFaultOnce.FIRST);
    }
}
