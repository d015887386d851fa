package dev.upshift.monitoring;

import java.time.Instant;
import java.util.List;

/**
 * Clients that reach the serving side without one of the project's poolers. A switch cannot hold them: it ends their
 * sessions, and they stay behind on the side that is left. So they are to be known beforehand.
 */
public interface DirectClients {

    /** Those of the serving side that were seen during the last fourteen days, the newest first; never asks a server. */
    List<DirectClient> of(String slug);

    /**
     * Sessions that are alike: one database, user, application and address.
     *
     * @param application {@code application_name}; may be empty
     * @param address {@code client_addr}; empty for a Unix socket
     * @param sessions how many there were when last seen
     */
    record DirectClient(
            String database,
            String user,
            String application,
            String address,
            int sessions,
            Instant firstSeen,
            Instant lastSeen) {}
}
