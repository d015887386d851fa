package dev.upshift.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A short campaign with a fixed seed that lets each of some faults strike once. */
final class EveryFaultOnce {

    /** What happens to control planes, their metadata and the servers; all others are of {@link LaterFaultsCampaignIT}. */
    static final Set<FaultKind> FIRST = EnumSet.range(FaultKind.OWNER_KILLED, FaultKind.TO_SESSIONS_STALLED);

    private static final long SEED = Long.getLong("campaign.seed", 20_261_121);

    private EveryFaultOnce() {}

    static void of(Set<FaultKind> kinds) {
        List<TrialResult> results = new ArrayList<>();
        try (Campaign campaign = new Campaign(SEED, List.copyOf(kinds))) {
            campaign.run(kinds.size(), results::add);
        }
        assertThat(results).as("see the lines in this test's output").allMatch(TrialResult::holds);
    }
}
