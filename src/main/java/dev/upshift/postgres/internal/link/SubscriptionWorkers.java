package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** The processes that apply and copy for a subscription. */
@Component
class SubscriptionWorkers {

    private static final Duration END = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(1);

    /**
     * A worker leaves {@code pg_stat_subscription} a moment before it lets go of its replication origin, hence the
     * second look: those that were seen must be gone as processes.
     */
    private static final String TERMINATE = """
            select a.pid, pg_terminate_backend(a.pid)
            from pg_stat_activity as a
            where a.backend_type like 'logical replication%'
              and (a.pid = any (:seen)
                   or a.pid in (select w.pid
                                from pg_stat_subscription as w
                                join pg_subscription as s on s.oid = w.subid
                                join pg_database as d on d.oid = s.subdbid
                                where s.subname = :name and d.datname = current_database()))
            """;

    private final Waiting waiting;

    SubscriptionWorkers(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Ends all workers of a subscription that is disabled, so that none comes back, and waits until they are gone. */
    void end(PostgresSession session, String subscription) {
        Set<Integer> seen = new TreeSet<>();
        if (!waiting.until(END, POLL, () -> noneLeft(session, subscription, seen))) {
            throw new IllegalStateException("Workers of the subscription " + subscription + " still run "
                    + END.toSeconds() + " s after they were told to end (processes " + seen
                    + "). Look at them in pg_stat_activity.");
        }
    }

    private static boolean noneLeft(PostgresSession session, String subscription, Set<Integer> seen) {
        List<Integer> running = session.change()
                .sql(TERMINATE)
                .param("seen", seen.toArray(Integer[]::new))
                .param("name", subscription)
                .query((row, number) -> row.getInt("pid"))
                .list();
        seen.addAll(running);
        return running.isEmpty();
    }
}
