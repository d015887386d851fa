package dev.upshift.procedure.internal.common;

import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.shared.Waiting;

/** What several procedures share, over the ports of a test. */
public final class CommonBench {

    private CommonBench() {}

    public static LinkBarrier barrier(HelperSchema helperSchema, Links links, Waiting waiting) {
        return new LinkBarrier(helperSchema, links, waiting);
    }

    public static LinkCleaning cleaning(Links links, HelperSchema helperSchema) {
        return new LinkCleaning(links, helperSchema);
    }
}
