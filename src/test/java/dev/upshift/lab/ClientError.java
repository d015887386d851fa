package dev.upshift.lab;

import java.time.Instant;

/**
 * An error that a client saw. A switch without downtime causes none.
 *
 * @param at when
 * @param writer the writer's number
 * @param through the address that it was connected to
 * @param sqlState PostgreSQL's error code, or what the driver made up for a broken connection
 * @param message the driver's message
 */
public record ClientError(Instant at, int writer, String through, String sqlState, String message) {}
