package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.time.Duration;

/** Goes through a pooler as a client does, to see where clients really end up. */
public interface PoolerClients extends Port {

    /**
     * Signs in to an entry as {@link PoolerAddress#client} and asks the server behind it who it is.
     *
     * @throws PoolerUnreachable if sign-in fails anywhere on the way, with the reason
     */
    @Looks
    ServerBehind look(PoolerAddress pooler, String entry, Duration deadline);

    /**
     * @param systemIdentifier of the cluster that answered
     * @param readOnly whether the session may not write
     */
    record ServerBehind(long systemIdentifier, boolean readOnly) {}
}
