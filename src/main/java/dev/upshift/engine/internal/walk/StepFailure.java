package dev.upshift.engine.internal.walk;

import dev.upshift.engine.procedure.Step;

/** Which step ended the way forward, and why. */
record StepFailure(Step step, String reason) {}
