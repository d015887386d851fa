package dev.upshift.postgres.internal.fence;

import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.internal.session.DriverSession;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.internal.session.SqlState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Changes what is set for a database without waiting for long for anybody else who is about to, and tells who that is.
 * Somebody can do so from a session of any database, in which no fence looks.
 */
@Component
class DatabaseSettings {

    private static final String HOLDERS = SqlResource.read(DatabaseSettings.class, "settings-holders.sql");
    private static final String WHO = SqlResource.read(DatabaseSettings.class, "who-holds-settings.sql");
    private static final String END = SqlResource.read(DatabaseSettings.class, "end-settings-holders.sql");

    /** For one try: nobody is waited for any longer. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** How often it is tried while nobody has seen who is in the way. */
    private static final int TRIES = 3;

    private static final Duration ENDING = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(5);

    /** {@code insufficient_privilege}. */
    private static final String NOT_ALLOWED = "42501";

    /** {@code lock_not_available}. */
    private static final String LOCKED = "55P03";

    /**
     * Somebody was faster: {@code internal_error} (“tuple concurrently updated”) and {@code unique_violation} are what the
     * server says of its catalogues then.
     */
    private static final Set<String> AGAIN = Set.of(LOCKED, "XX000", "23505");

    private final Waiting waiting;

    DatabaseSettings(Waiting waiting) {
        this.waiting = waiting;
    }

    /** @throws SettingsHeld if somebody holds the settings; the change is not done then */
    void change(PostgresSession session, Runnable change) {
        try {
            once(session, change);
        } catch (DataAccessException refused) {
            if (!AGAIN.contains(SqlState.of(refused))) {
                throw refused;
            }
            again(session, change);
        }
    }

    private static void once(PostgresSession session, Runnable change) {
        session.inTransaction(() -> {
            session.jdbc()
                    .sql("set local lock_timeout = " + PATIENCE.toMillis())
                    .update();
            change.run();
            return true;
        });
    }

    /**
     * While it waits a second session can ask for whom, which nothing tells any more once it has given up. On a busy
     * machine a try may be over before anybody has asked, so that there is more than one.
     */
    private void again(PostgresSession session, Runnable change) {
        try (DriverSession beside = DriverSession.of(session).beside()) {
            List<SettingsHolder> holders = List.of();
            for (int tries = 0; holders.isEmpty() && tries < TRIES; tries++) {
                List<SettingsHolder> blocking = new ArrayList<>();
                if (isDone(session, change, () -> blocking.addAll(blocking(beside, session.backendPid())))) {
                    return;
                }
                holders = blocking.isEmpty() ? certain(beside) : blocking;
            }
            throw new SettingsHeld(session.database(), holders);
        } catch (PostgresUnreachable noRoom) {
            if (!isDone(session, change, () -> false)) {
                throw new SettingsHeld(session.database(), certain(session));
            }
        }
    }

    /**
     * Tries once more.
     *
     * @param seen asks for whom it waits, until it knows
     */
    private boolean isDone(PostgresSession session, Runnable change, BooleanSupplier seen) {
        CompletableFuture<Boolean> trying = FanOut.atOnce().begin(() -> {
            once(session, change);
            return true;
        });
        try {
            waiting.until(PATIENCE.multipliedBy(2), POLL, () -> trying.isDone() || seen.getAsBoolean());
        } finally {
            FanOut.await(trying); // a session is for one thread
        }
        try {
            return FanOut.answer(trying);
        } catch (RuntimeException e) {
            if (AGAIN.contains(SqlState.of(e))) {
                return false;
            }
            throw e;
        }
    }

    /** With the transactions that they are in at this moment. */
    private static List<SettingsHolder> blocking(PostgresSession beside, int pid) {
        return who(beside, "pg_catalog.pg_blocking_pids(:waiting)", "waiting", pid);
    }

    /**
     * Who holds them now. Where somebody may, and only a try can tell, it is tried, waited for for a moment, and taken
     * back.
     */
    List<SettingsHolder> holders(PostgresSession session, Runnable change) {
        List<Suspect> suspects = suspects(session);
        if (suspects.isEmpty()) {
            return List.of();
        }
        List<SettingsHolder> certain = certain(session, suspects);
        return certain.isEmpty() ? tried(session, change) : certain;
    }

    private List<SettingsHolder> tried(PostgresSession session, Runnable change) {
        try {
            change(session, () -> {
                change.run();
                throw new TakenBack();
            });
            return List.of();
        } catch (TakenBack free) {
            return List.of();
        } catch (SettingsHeld held) {
            if (held.holders().isEmpty()) {
                throw held; // not to be told is not to be nobody
            }
            return held.holders();
        } catch (DataAccessException refused) {
            if (SqlState.of(refused).equals(NOT_ALLOWED)) {
                return List.of(); // which is told elsewhere
            }
            throw refused;
        }
    }

    /** Whether a run, perhaps of a former owner, may be about to change them. */
    boolean areBeingChanged(PostgresSession session) {
        return suspects(session).stream().anyMatch(Suspect::ours);
    }

    private static List<SettingsHolder> certain(PostgresSession session) {
        return certain(session, suspects(session));
    }

    private static List<SettingsHolder> certain(PostgresSession session, List<Suspect> suspects) {
        List<Integer> certain =
                suspects.stream().filter(Suspect::certain).map(Suspect::pid).toList();
        return certain.isEmpty()
                ? List.of()
                : who(session, "cast(:pids as int[])", "pids", certain.toArray(Integer[]::new));
    }

    private static List<Suspect> suspects(PostgresSession session) {
        return session.jdbc()
                .sql(HOLDERS)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) ->
                        new Suspect(row.getInt("pid"), row.getBoolean("certain"), row.getBoolean("ours")))
                .list();
    }

    private static List<SettingsHolder> who(PostgresSession session, String pids, String name, Object value) {
        return session.jdbc()
                .sql(WHO.replace("/* pids */", pids))
                .param(name, value)
                .query((row, number) -> new SettingsHolder(
                        row.getInt("pid"),
                        row.getString("user"),
                        row.getString("application"),
                        row.getString("address"),
                        row.getString("database"),
                        row.getString("since"),
                        row.getBoolean("endable")))
                .list();
    }

    /** Ends those that our role may end, where they are still in that transaction; answers whether all are over. */
    boolean end(PostgresSession session, Collection<SettingsHolder> holders) {
        Integer[] processes = holders.stream().map(SettingsHolder::pid).toArray(Integer[]::new);
        String[] begun = holders.stream()
                .map(holder -> Objects.requireNonNullElse(holder.since(), ""))
                .toArray(String[]::new);
        return holders.stream().noneMatch(SettingsHolder::isPrepared)
                && waiting.until(
                        ENDING,
                        POLL,
                        () -> session.change()
                                .sql(END)
                                .param("pids", processes)
                                .param("begun", begun)
                                .query(Boolean.class)
                                .list()
                                .isEmpty());
    }

    /** Somebody who may hold them. */
    private record Suspect(int pid, boolean certain, boolean ours) {}

    /** What was tried is not to stay. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
