package dev.upshift.check.pooler;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.pooler.PoolerProcesses.Processes;
import java.util.List;

/** Processes that take clients of poolers beside the ones that a project knows. */
public final class OtherProcesses {

    private OtherProcesses() {}

    /** What was found when they were asked for. */
    public static List<Finding> found(Processes processes) {
        return processes.objections().stream()
                .map(objection -> new Finding(
                        Place.at(objection.pooler()), objection.others(), objection.reason(), objection.remedy()))
                .toList();
    }
}
