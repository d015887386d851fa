package dev.upshift.engine;

import dev.upshift.shared.Side;
import org.jspecify.annotations.Nullable;

/**
 * Somebody started a run.
 *
 * @param without the side that it was confirmed to go on without; null for both
 */
public record RunStarted(
        long projectId,
        String slug,
        int number,
        ProcedureName procedure,
        String planVersion,
        String actor,
        @Nullable Side without) {}
