package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.internal.probe.DatabaseReading.Passing;
import dev.upshift.monitoring.internal.probe.DatabaseReading.SubscriptionReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.TableReading;
import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.DatabaseLooks.Fingerprint;
import dev.upshift.postgres.DatabaseLooks.SideReading;
import dev.upshift.postgres.DatabaseLooks.SubscriptionFacts;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.link.WorkerErrors.Told;
import dev.upshift.postgres.session.PostgresSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one database of one side, in one statement, and in a second one the tables of the subscription there: only
 * while some are not ready, when something about them has changed, and once a minute. Where the database is fenced, a
 * third one tells who can write there all the same.
 *
 * <p>All are set-based and take no locks on user tables. Not for two threads at once.
 */
final class DatabaseQuestion implements Function<PostgresSession, DatabaseReading> {

    private static final Duration TABLES_KEPT = Duration.ofMinutes(1);

    private final String outbound;
    private final String inbound;
    private final DatabaseLooks looks;
    private final WorkerErrors errors;
    private final Fence fence;
    private final Clock clock;
    private final WorkerWatch worker = new WorkerWatch();
    private @Nullable KeptTables kept;

    /**
     * @param outbound name of the link that leads away from this side
     * @param inbound name of the link that leads to it
     */
    DatabaseQuestion(
            String outbound, String inbound, DatabaseLooks looks, WorkerErrors errors, Fence fence, Clock clock) {
        this.outbound = outbound;
        this.inbound = inbound;
        this.looks = looks;
        this.errors = errors;
        this.fence = fence;
        this.clock = clock;
    }

    @Override
    public DatabaseReading apply(PostgresSession session) {
        SideReading side = looks.side(session, outbound, inbound);
        SubscriptionFacts subscription = side.subscription();
        return new DatabaseReading(
                session.version(),
                side.written(),
                side.fenced(),
                side.slot(),
                subscription == null ? null : withTables(subscription, session),
                side.fenced() ? passing(session) : Passing.NOBODY);
    }

    private Passing passing(PostgresSession session) {
        try {
            Behind behind = fence.behind(session);
            return new Passing(words(behind.allowed()), words(behind.writers()));
        } catch (IllegalStateException hidden) {
            return Passing.NOBODY; // the guard sees-sessions tells of a role that may not see others
        }
    }

    private static List<String> words(List<ClientSession> sessions) {
        return sessions.stream().map(ClientSession::words).distinct().toList();
    }

    private SubscriptionReading withTables(SubscriptionFacts subscription, PostgresSession session) {
        List<TableReading> tables = tables(subscription.tables(), session);
        boolean stood = worker.stands();
        boolean runs = worker.runs(subscription.worker());
        // While a switch stops a link, nobody needs to know why it stands.
        boolean stays = stood && !runs;
        Told told =
                stays || tables.stream().anyMatch(TableReading::isWithoutWorker) ? errors.told(session, inbound) : null;
        return new SubscriptionReading(
                subscription.enabled(),
                runs,
                subscription.applyErrors(),
                subscription.syncErrors(),
                told == null ? tables : why(tables, told),
                stays && told != null ? told.ofApply() : null);
    }

    private static List<TableReading> why(List<TableReading> tables, Told told) {
        return tables.stream()
                .map(table -> table.isWithoutWorker() ? table.failedBecause(told.ofCopy(table.name())) : table)
                .toList();
    }

    private List<TableReading> tables(Fingerprint seen, PostgresSession session) {
        KeptTables before = kept;
        Instant now = clock.instant();
        if (before != null && before.stillHolds(seen, now)) {
            return before.tables();
        }
        List<TableReading> tables =
                looks.copies(session, inbound).stream().map(TableReading::of).toList();
        kept = new KeptTables(seen, tables, now.plus(TABLES_KEPT));
        return tables;
    }

    private record KeptTables(Fingerprint fingerprint, List<TableReading> tables, Instant until) {

        boolean stillHolds(Fingerprint seen, Instant now) {
            return seen.notReady() == 0 && seen.equals(fingerprint) && now.isBefore(until);
        }
    }
}
