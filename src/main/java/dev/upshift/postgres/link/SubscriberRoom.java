package dev.upshift.postgres.link;

import dev.upshift.postgres.session.PostgresSession;
import java.time.Duration;

/** What a server has left for subscriptions, and what would end the work of their workers. */
public interface SubscriberRoom {

    Room of(PostgresSession session);

    /**
     * @param freeOrigins replication origins that can still be in use: one per subscription and one per table that is
     *     being copied
     * @param originsSetting the parameter that limits them: another one from 18 on
     * @param freeWorkers of {@code max_logical_replication_workers}
     * @param freeProcesses of {@code max_worker_processes}, as far as subscriptions have used them
     * @param syncWorkers tables that one subscription copies at a time ({@code max_sync_workers_per_subscription})
     * @param transactionTimeout how long a transaction of our role may take in this database; zero for as long as it
     *     takes. A server ends its own workers by it, in the middle of a table (from 17 on)
     * @param user our role
     */
    record Room(
            int freeOrigins,
            String originsSetting,
            int freeWorkers,
            int freeProcesses,
            int syncWorkers,
            Duration transactionTimeout,
            String user) {}
}
