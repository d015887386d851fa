package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress;
import java.time.Duration;

/** Opens connections to PgBouncer's admin console. */
public interface PoolerConsoles {

    /**
     * @param deadline for connecting and for every command but PAUSE
     * @throws PoolerUnreachable with the reason in the operator's words
     */
    PoolerConsole open(PoolerAddress pooler, Duration deadline);
}
