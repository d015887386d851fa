package dev.upshift.postgres.internal.fence;

import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.fence.UnendableSessions;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** The fence as two settings of the database; the sessions that were there before are another matter. */
@Component
class DatabaseFence implements Fence {

    private static final String STATE = SqlResource.read(DatabaseFence.class, "fence-state.sql");

    private final ClientSessions clients;
    private final FencePassages passages;
    private final DatabaseSettings settings;

    DatabaseFence(ClientSessions clients, FencePassages passages, DatabaseSettings settings) {
        this.clients = clients;
        this.passages = passages;
        this.settings = settings;
    }

    @Override
    public FenceState read(PostgresSession session) {
        return session.jdbc()
                .sql(STATE)
                .query((row, number) ->
                        new FenceState(row.getString("read_only_default"), row.getInt("connection_limit")))
                .single();
    }

    @Override
    public void raise(PostgresSession session, boolean hard) {
        if (hard && !isSuperuser(session)) {
            throw new IllegalStateException("The hard fence (CONNECTION LIMIT 0) on database " + session.database()
                    + " would lock Upshift out as well, because its role is no superuser. Choose the soft fence in the "
                    + "project's settings, or another role.");
        }
        settings.change(session, () -> {
            // In force at once; on disk with the next commit, and behind a fence the next thing is one that waits for
            // it.
            session.jdbc().sql("set local synchronous_commit = off").update();
            set(session, "default_transaction_read_only = on");
            if (hard) {
                limitConnections(session, 0);
            }
        });
    }

    @Override
    public List<ClientSession> endClientSessions(PostgresSession session) {
        return clients.end(session);
    }

    @Override
    public Ended endWithin(PostgresSession session, Duration atMost) {
        return clients.endWithin(session, atMost);
    }

    @Override
    public UnendableSessions unendable(PostgresSession session) {
        return clients.unendable(session);
    }

    @Override
    public void endSessions(PostgresSession session, Collection<ClientSession> sessions) {
        clients.end(session, sessions);
    }

    @Override
    public int room(PostgresSession session) {
        return passages.room(session);
    }

    @Override
    public Behind behind(PostgresSession session) {
        return passages.behind(session);
    }

    @Override
    public List<Passage> passages(PostgresSession session, Collection<String> ourLinks) {
        return passages.all(session, ourLinks);
    }

    @Override
    public Admission admission(PostgresSession session) {
        return passages.admission(session);
    }

    @Override
    public boolean isWrittenSince(PostgresSession session, String link, Lsn position) {
        return passages.isWrittenSince(session, link, position);
    }

    @Override
    public boolean endMarked(PostgresSession session, String prefix, String kept) {
        return clients.endMarked(session, prefix, kept);
    }

    @Override
    public boolean endSession(PostgresSession session, int pid) {
        return clients.end(session, pid);
    }

    @Override
    public void lift(PostgresSession session, FenceState before) {
        settings.change(session, () -> {
            if (before.readOnlyDefault() == null) {
                alter(session, "reset default_transaction_read_only");
            } else {
                set(session, "default_transaction_read_only = " + session.literal(before.readOnlyDefault()));
            }
            limitConnections(session, before.connectionLimit());
        });
    }

    @Override
    public List<SettingsHolder> holders(PostgresSession session) {
        return settings.holders(session, () -> {
            set(session, "default_transaction_read_only = on");
            limitConnections(session, read(session).connectionLimit());
        });
    }

    @Override
    public boolean isBeingChanged(PostgresSession session) {
        return settings.areBeingChanged(session);
    }

    @Override
    public boolean endHolders(PostgresSession session, Collection<SettingsHolder> holders) {
        return settings.end(session, holders);
    }

    private static boolean isSuperuser(PostgresSession session) {
        return session.jdbc()
                .sql("select rolsuper from pg_roles where rolname = current_user")
                .query(Boolean.class)
                .single();
    }

    private static void limitConnections(PostgresSession session, int limit) {
        alter(session, "connection limit " + limit);
    }

    private static void set(PostgresSession session, String setting) {
        alter(session, "set " + setting);
    }

    private static void alter(PostgresSession session, String change) {
        session.change()
                .sql("alter database " + session.identifier(session.database()) + " " + change)
                .update();
    }
}
