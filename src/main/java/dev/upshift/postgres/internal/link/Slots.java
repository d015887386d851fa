package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.postgres.internal.catalog.WaitedFor;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.internal.session.SqlState;
import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Logical replication slots. */
@Component
public class Slots {

    private static final String SLOTS = SqlResource.read(Slots.class, "slots.sql");

    /** {@code object_in_use}: the sender that was told to end has not let go of the slot yet. */
    private static final String IN_USE = "55006";

    /** {@code query_canceled} and {@code lock_not_available}: the timeouts of statements and of waiting for others. */
    private static final Set<String> LATE = Set.of("57014", "55P03");

    private static final int SHOWN = 3;

    private static final Duration RELEASE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Waiting waiting;

    Slots(Waiting waiting) {
        this.waiting = waiting;
    }

    void create(PostgresSession session, String slot) {
        Optional<SlotState> present = state(session, slot);
        if (present.isEmpty()) {
            createNew(session, slot);
        } else if (!present.get().database().equals(session.database())) {
            throw new IllegalStateException("A replication slot " + slot + " exists already, for "
                    + (present.get().database().isEmpty()
                            ? "physical replication"
                            : "database " + present.get().database())
                    + ". Drop it if nothing uses it, or give the project another name.");
        } else if (present.get().isLost()) {
            throw new IllegalStateException("The replication slot " + slot + " exists but is lost: the server has "
                    + "removed the log that it needs (max_slot_wal_keep_size). Drop it and begin the copy anew.");
        }
    }

    private static void createNew(PostgresSession session, String slot) {
        try {
            session.change()
                    .sql("select slot_name::text from pg_create_logical_replication_slot(:slot, 'pgoutput')")
                    .param("slot", slot)
                    .query()
                    .listOfRows();
        } catch (DataAccessException failure) {
            if (LATE.contains(SqlState.of(failure))) {
                // not as its cause, which people would read instead
                IllegalStateException late = new IllegalStateException(
                        "The replication slot " + slot + " could not be created in time, because that waits for every "
                                + "transaction that has written something, in all databases of the server"
                                + inTheWay(WaitedFor.writing(session)));
                late.addSuppressed(failure);
                throw late;
            }
            throw failure;
        }
    }

    private static String inTheWay(List<BlockingTransaction> open) {
        return open.isEmpty()
                ? ". Nobody is in the way any more: start again."
                : ": %s%s. %s"
                        .formatted(
                                open.stream()
                                        .limit(SHOWN)
                                        .map(BlockingTransaction::words)
                                        .collect(Collectors.joining("; ")),
                                open.size() > SHOWN ? ", and %d more".formatted(open.size() - SHOWN) : "",
                                open.getFirst().remedy());
    }

    /** A slot does not move back: asked for less than it confirmed, it says where it stands. */
    Lsn advance(PostgresSession session, String slot, Lsn to) {
        return move(session, slot, to)
                .orElseThrow(() -> new IllegalStateException(
                        "There is no replication slot " + slot + " to advance in " + session.database() + "."));
    }

    /** As {@link #advance}; answers nothing if there is no such slot. */
    public Optional<Lsn> move(PostgresSession session, String slot, Lsn to) {
        return session.change()
                .sql("""
                        select case
                                   when confirmed_flush_lsn >= :to::pg_lsn then confirmed_flush_lsn
                                   else (pg_replication_slot_advance(slot_name, :to::pg_lsn)).end_lsn
                               end::text
                        from pg_replication_slots
                        where slot_name = :slot
                        """)
                .param("slot", slot)
                .param("to", to.toString())
                .query(String.class)
                .optional()
                .map(Lsn::parse);
    }

    Optional<SlotState> state(PostgresSession session, String slot) {
        return list(session, slot, true).stream().findFirst();
    }

    List<SlotState> beginning(PostgresSession session, String prefix) {
        return list(session, prefix, false);
    }

    boolean drop(PostgresSession session, String slot) {
        if (state(session, slot).isEmpty()) {
            return false;
        }
        if (!waiting.until(RELEASE, POLL, () -> dropped(session, slot))) {
            throw new IllegalStateException("The replication slot " + slot + " is still in use "
                    + RELEASE.toSeconds() + " s after its sender was told to end. Find out what connects to it again "
                    + "(pg_replication_slots.active_pid) and disable that subscription.");
        }
        return true;
    }

    /** Whether the slot is gone; it is not while its sender has not let go of it. */
    public static boolean dropped(PostgresSession session, String slot) {
        try {
            session.change()
                    .sql("select pg_terminate_backend(active_pid) from pg_replication_slots"
                            + " where slot_name = :slot and active_pid is not null")
                    .param("slot", slot)
                    .query(Boolean.class)
                    .list();
            session.change()
                    .sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots"
                            + " where slot_name = :slot")
                    .param("slot", slot)
                    .query()
                    .listOfRows();
            return true;
        } catch (DataAccessException refused) {
            if (SqlState.of(refused).equals(IN_USE)) {
                return false;
            }
            throw refused;
        }
    }

    private static List<SlotState> list(PostgresSession session, String name, boolean exact) {
        return session.jdbc()
                .sql(SLOTS)
                .param("name", name)
                .param("exact", exact)
                .query((row, number) -> slot(row))
                .list();
    }

    private static SlotState slot(ResultSet row) throws SQLException {
        @Nullable String confirmed = row.getString("confirmed_flush");
        return new SlotState(
                row.getString("name"),
                row.getString("database"),
                row.getBoolean("active"),
                row.getObject("active_pid", Integer.class),
                confirmed == null ? null : Lsn.parse(confirmed),
                new ByteCount(row.getLong("behind")),
                new ByteCount(row.getLong("retained")),
                WalStatus.of(row.getString("wal_status")));
    }
}
