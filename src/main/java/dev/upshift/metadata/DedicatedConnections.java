package dev.upshift.metadata;

import java.sql.Connection;

/** Connections to the metadata database outside the pool, for what a session itself has to hold: advisory locks. */
public interface DedicatedConnections {

    /**
     * Opens a connection with short TCP keepalives, so that the server notices a dead owner soon.
     *
     * @param applicationName shown in {@code pg_stat_activity}
     * @throws IllegalStateException if the metadata database does not answer within 5 s
     */
    Connection open(String applicationName);
}
