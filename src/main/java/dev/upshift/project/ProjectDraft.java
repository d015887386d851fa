package dev.upshift.project;

import dev.upshift.shared.PoolerAddress;
import java.util.List;

/** A project as somebody wants it to be, syntactically valid but not tried against the servers yet. */
public record ProjectDraft(
        String slug,
        String name,
        Cluster source,
        Cluster target,
        List<String> databases,
        List<PoolerAddress> poolers,
        ProjectSettings settings) {}
