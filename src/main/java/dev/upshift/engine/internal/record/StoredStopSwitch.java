package dev.upshift.engine.internal.record;

import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunsAllowed;
import dev.upshift.engine.RunsStopped;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.StopSwitch.ActiveRun;
import dev.upshift.engine.StopSwitch.StopOrder;
import dev.upshift.engine.StopSwitch.Stopped;
import dev.upshift.identity.CurrentActor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The stop order as a row. Whoever starts a run, passes a pivot or renews a lease looks at it in the same statement, so
 * that a run which begins while the order is given is met by its first renewal.
 */
@Service
class StoredStopSwitch implements StopSwitch {

    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;
    private final CurrentActor actor;
    private final Clock clock;

    StoredStopSwitch(
            JdbcClient jdbc,
            TransactionOperations transactions,
            ApplicationEventPublisher events,
            CurrentActor actor,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.actor = actor;
        this.clock = clock;
    }

    @Override
    public Optional<StopOrder> order() {
        return jdbc.sql("select ordered_by, reason, ordered_at from stop_order")
                .query((row, index) -> order(row))
                .optional();
    }

    private static StopOrder order(ResultSet row) throws SQLException {
        return new StopOrder(
                row.getString("ordered_by"),
                row.getString("reason"),
                row.getObject("ordered_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public Stopped stop(@Nullable String confirmation, @Nullable String reason) {
        require(STOP, confirmation);
        String why = reason == null ? "" : reason.strip();
        if (why.length() > LONGEST_REASON) {
            throw new RunRefused(List.of("The reason is longer than " + LONGEST_REASON + " characters."));
        }
        return Objects.requireNonNull(transactions.execute(_ -> {
            int placed = jdbc.sql("""
                            insert into stop_order (ordered_by, reason, ordered_at) values (:by, :reason, :at)
                            on conflict do nothing
                            """)
                    .param("by", actor.name())
                    .param("reason", why)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            if (placed > 0) {
                events.publishEvent(new RunsStopped(actor.name(), why));
            }
            return new Stopped(order().orElseThrow(), abortAll(), goingOn());
        }));
    }

    private List<ActiveRun> abortAll() {
        return jdbc.sql("""
                        update run set abort_requested_by = coalesce(abort_requested_by, :by)
                        where status = 'RUNNING' and not past_pivot
                        returning slug, number
                        """)
                .param("by", actor.name())
                .query((row, index) -> active(row))
                .list();
    }

    private List<ActiveRun> goingOn() {
        return jdbc.sql("select slug, number from run where status = 'RUNNING' and past_pivot order by slug")
                .query((row, index) -> active(row))
                .list();
    }

    private static ActiveRun active(ResultSet row) throws SQLException {
        return new ActiveRun(row.getString("slug"), row.getInt("number"));
    }

    @Override
    public void allow(@Nullable String confirmation) {
        require(ALLOW, confirmation);
        transactions.executeWithoutResult(_ -> {
            if (jdbc.sql("delete from stop_order").update() > 0) {
                events.publishEvent(new RunsAllowed(actor.name()));
            }
        });
    }

    private static void require(String words, @Nullable String confirmation) {
        if (confirmation == null || !confirmation.strip().equals(words)) {
            throw new RunRefused(List.of("Type “%s” to confirm; nothing was changed.".formatted(words)));
        }
    }
}
