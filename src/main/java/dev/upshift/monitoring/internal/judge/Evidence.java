package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.internal.probe.DatabaseReading.Passing;
import dev.upshift.monitoring.internal.probe.DriftReading;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.project.Project;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Map;

/**
 * What the judgement is made from: a snapshot before it was judged.
 *
 * @param project phase, serving side and settings
 * @param silent one or more reasons per side that did not answer
 * @param silentPoolers one reason per pooler that did not answer
 * @param processes what the poolers that answered say about other processes that take their clients
 * @param passing those who pass the fence of a side, by side; a side may be missing
 * @param doubts whether slots are still those that were made, by name; those that are not in doubt are missing
 * @param drift how the schemas differ by database, as last compared; a database may be missing
 */
record Evidence(
        Project project,
        List<SideSample> sides,
        Map<Side, List<String>> silent,
        Map<Side, Passing> passing,
        List<LinkEvidence> links,
        List<PoolerSample> poolers,
        Map<String, String> silentPoolers,
        List<PoolerProcess> processes,
        List<TableProgress> tables,
        Map<String, Doubt> doubts,
        Map<String, DriftReading> drift) {

    /** The direction that matters now. */
    Direction currentDirection() {
        return project.servingSide().outbound();
    }

    List<LinkEvidence> linksOf(Direction direction) {
        return links.stream()
                .filter(link -> link.sample().direction() == direction)
                .toList();
    }

    boolean answered(Side side) {
        return !silent.containsKey(side);
    }
}
