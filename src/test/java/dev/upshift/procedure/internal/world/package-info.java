/**
 * A world in memory for the real steps: two servers, poolers, clients that write all the time, and control planes that
 * come and go. Deterministic, and fast enough to go through every moment of a run.
 */
@NullMarked
package dev.upshift.procedure.internal.world;

import org.jspecify.annotations.NullMarked;
