package dev.upshift.pooler;

import org.springframework.stereotype.Component;

/**
 * The ports of this module by which procedures look at poolers, hold their clients and lead them elsewhere. There is a set
 * that acts on the real poolers, and one for each plan, see {@link PoolerRecording}.
 *
 * @param clients go the way that the application's clients go
 */
@Component
public record PoolerPorts(
        PoolerFleets fleets, ConfigurationStores stores, PoolerClients clients, PoolerProcesses processes) {}
