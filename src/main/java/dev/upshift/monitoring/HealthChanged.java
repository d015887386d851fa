package dev.upshift.monitoring;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import java.util.List;

/**
 * The judgement over a project's replication is another one than before. Published in a transaction, so that it reaches
 * its listeners even if this process dies.
 *
 * @param reasons those of the new health
 */
public record HealthChanged(long projectId, String slug, Health from, Health to, List<String> reasons) {}
