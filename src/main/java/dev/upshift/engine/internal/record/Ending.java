package dev.upshift.engine.internal.record;

import dev.upshift.engine.RunStatus;

/** How a walk over the steps of a run ended. */
public record Ending(RunStatus status, String outcome) {}
