package dev.upshift.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short campaign with a fixed seed that lets every fault strike once. */
class FaultCampaignIT {

    private static final long SEED = Long.getLong("campaign.seed", 20_261_121);

    @Test
    void everyFaultOnce() {
        List<FaultKind> kinds = List.of(FaultKind.values());
        List<TrialResult> results = new ArrayList<>();
        try (Campaign campaign = new Campaign(SEED, kinds)) {
            campaign.run(Integer.getInteger("campaign.runs", kinds.size()), results::add);
        }
        assertThat(results).as("see the lines in this test's output").allMatch(TrialResult::holds);
    }
}
