package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.internal.session.SqlState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Stops and drops subscriptions. */
@Component
public class SubscriptionRemoval {

    /** {@code connection_failure}: how a server reports that it could not drop a slot at the publisher yet. */
    private static final String AT_PUBLISHER = "08006";

    private static final Duration RELEASE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Subscriptions subscriptions;
    private final SubscriptionWorkers workers;
    private final Waiting waiting;

    SubscriptionRemoval(Subscriptions subscriptions, SubscriptionWorkers workers, Waiting waiting) {
        this.subscriptions = subscriptions;
        this.workers = workers;
        this.waiting = waiting;
    }

    void disable(PostgresSession session, String subscription) {
        Subscriptions.alterMarked(session, subscription, "disable");
        workers.end(session, subscription);
    }

    /**
     * While tables are still being copied, the server also drops their slots at the publisher, if it can reach it; a
     * slot that a dying copy has not let go of yet makes it refuse, hence the repetition.
     */
    void drop(PostgresSession session, String subscription) {
        if (subscriptions.state(session, subscription).isEmpty()) {
            return;
        }
        detachAndDrop(session, subscription);
    }

    /** Of a subscription that is there. */
    public void detachAndDrop(PostgresSession session, String subscription) {
        disable(session, subscription);
        Subscriptions.alterUnmarked(session, subscription, "set (slot_name = none)");
        if (!waiting.until(RELEASE, POLL, () -> dropped(session, subscription))) {
            throw new IllegalStateException("The subscription " + subscription + " could not be dropped within "
                    + RELEASE.toSeconds() + " s, because slots of tables being copied are in use at the publisher. "
                    + "Look at pg_replication_slots there for names that begin with pg_ and contain _sync_.");
        }
    }

    private static boolean dropped(PostgresSession session, String subscription) {
        try {
            session.change()
                    .sql("drop subscription if exists " + session.identifier(subscription))
                    .update();
            return true;
        } catch (DataAccessException refused) {
            if (SqlState.of(refused).equals(AT_PUBLISHER)) {
                return false;
            }
            throw refused;
        }
    }
}
