package dev.upshift.procedure.internal.engine;

import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.RecordingPoolers;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.project.Projects;
import dev.upshift.shared.Waiting;

/**
 * What the steps of a procedure work with while they are only recorded: nothing that goes through these changes anything.
 *
 * @param clients find behind a pooler what its configuration would lead to by then
 * @param projects keep what would be written down to themselves
 * @param waiting does not wait
 */
public record PlanPorts(
        RecordingPorts servers, RecordingPoolers poolers, PoolerClients clients, Projects projects, Waiting waiting) {}
