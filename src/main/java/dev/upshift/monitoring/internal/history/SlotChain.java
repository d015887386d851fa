package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.internal.probe.DatabaseReading;
import dev.upshift.monitoring.internal.probe.Observation;
import dev.upshift.postgres.DatabaseLooks.SlotReading;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.project.Phase;
import dev.upshift.records.SlotContinuity;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.Direction;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Compares the slot of every link that is whole with the last look at it. A slot that nobody subscribes to yet is being
 * prepared by a run, which knows better.
 */
@Component
public class SlotChain {

    private static final Logger log = LoggerFactory.getLogger(SlotChain.class);

    /** While tables are copied, slots of the copies come and go and move the others on: nothing could be proven. */
    private static final Set<Phase> FOLLOWING = EnumSet.of(Phase.REPLICATING, Phase.CUT_OVER, Phase.ROLLED_BACK);

    private final SlotContinuity continuity;

    SlotChain(SlotContinuity continuity) {
        this.continuity = continuity;
    }

    /** What is in doubt, by the name of the slot. */
    public Map<String, Doubt> doubts(Observation observation) {
        Map<String, Doubt> doubts = new HashMap<>();
        if (!FOLLOWING.contains(observation.project().phase())) {
            return doubts;
        }
        for (Direction direction : Direction.values()) {
            for (String database : observation.project().databases()) {
                String name = LinkNames.link(observation.project().slug(), database, direction);
                slot(observation, direction, database)
                        .flatMap(slot -> see(observation.project().id(), name, slot))
                        .ifPresent(doubt -> doubts.put(name, doubt));
            }
        }
        return Map.copyOf(doubts);
    }

    private static Optional<SlotReading> slot(Observation observation, Direction direction, String database) {
        boolean subscribed = observation
                .reading(direction.to(), database)
                .filter(subscriber -> subscriber.subscription() != null)
                .isPresent();
        return subscribed
                ? observation.reading(direction.from(), database).map(DatabaseReading::slot)
                : Optional.empty();
    }

    /** Without the metadata database nothing is kept of this sample either; the next one tells. */
    private Optional<Doubt> see(long project, String name, SlotReading slot) {
        try {
            return continuity.see(project, name, slot.look());
        } catch (DataAccessException e) {
            log.debug("The look at slot {} could not be kept", name, e);
            return Optional.empty();
        }
    }
}
