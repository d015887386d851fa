package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.Optional;

/** Asks which server an entry of a pooler leads to, whatever is written in it. */
public interface EntryServers {

    /**
     * Signs in through the entry as the pooler's user, so that the password goes to the pooler only and to no address
     * that somebody wrote into its file.
     *
     * @return empty if nobody answered: the user may be known to the pooler alone
     */
    Optional<AnsweringServer> ask(PoolerAddress pooler, String entry, Duration deadline);

    /**
     * @param systemIdentifier of the cluster, which a standby shares with its primary
     * @param inRecovery whether it is a standby
     */
    record AnsweringServer(long systemIdentifier, boolean inRecovery) {}
}
