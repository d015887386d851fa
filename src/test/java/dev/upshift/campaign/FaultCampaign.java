package dev.upshift.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The campaign of the profile {@code campaign}: as many runs as asked for, and {@code docs/fault-campaign.md}, which is
 * written anew after every run and tells what was, good or bad.
 */
class FaultCampaign {

    private static final int RUNS = Integer.getInteger("campaign.runs", 200);
    private static final long SEED = Long.getLong("campaign.seed", 1);
    private static final Path DOCUMENT = Path.of("docs", "fault-campaign.md");

    /** In every round each fault comes twice, the control plane's death six times, and once what takes a new world. */
    private static final int TIMES = 2;

    private static final int DEATHS = 6;

    @Test
    void asManyRunsAsAskedFor() {
        List<TrialResult> results = new ArrayList<>();
        Instant begun = Instant.now();
        try (Campaign campaign = new Campaign(SEED, round())) {
            campaign.run(RUNS, result -> {
                results.add(result);
                new CampaignReport(SEED, Duration.between(begun, Instant.now()), results).write(DOCUMENT);
            });
        }
        assertThat(results).as("see " + DOCUMENT).allMatch(TrialResult::holds);
    }

    private static List<FaultKind> round() {
        List<FaultKind> round = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            round.addAll(Collections.nCopies(times(kind), kind));
        }
        return round;
    }

    private static int times(FaultKind kind) {
        if (kind.spendsTheWorld()) {
            return 1;
        }
        return kind == FaultKind.OWNER_KILLED ? DEATHS : TIMES;
    }
}
