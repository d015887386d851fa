package dev.upshift.lab;

import dev.upshift.lab.JournalLine.Fate;
import dev.upshift.lab.JournalLine.Operation;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client: at every beat it makes one small transaction through its pooler and notes the answer in its journal. Of
 * ten transactions eight write a new entry, one amends and one withdraws an earlier entry of its own.
 */
final class LedgerWriter implements Runnable {

    private static final int REMEMBERED = 64;
    private static final long PAUSED_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int writer;
    private final String url;
    private final Login login;
    private final Pace pace;
    private final WriterJournal journal;
    private final WritersTally tally;
    private final Deque<Entry> own = new ArrayDeque<>();

    private volatile @Nullable LedgerSession session;
    private volatile long beganNanos = -1;
    private volatile boolean paused;
    private volatile boolean stopped;
    private long number;
    private long beats;

    LedgerWriter(int writer, String url, Login login, Pace pace, WriterJournal journal, WritersTally tally) {
        this.writer = writer;
        this.url = url;
        this.login = login;
        this.pace = pace;
        this.journal = journal;
        this.tally = tally;
    }

    /** Connects, before the first beat. */
    void connect() throws SQLException {
        session = new LedgerSession(url, login);
    }

    @Override
    public void run() {
        try (journal) {
            leaveOutBeatsBeforeTheStart();
            while (!stopped) {
                long wait = pace.untilNext(tally.now());
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                } else if (paused) {
                    LockSupport.parkNanos(PAUSED_POLL_NANOS);
                } else {
                    pace.take(tally.now());
                    beat();
                }
            }
        } finally {
            LedgerSession open = session;
            if (open != null) {
                open.close();
            }
        }
    }

    void pause(boolean pause) {
        paused = pause;
    }

    /** Ends the writer after the transaction that is under way. */
    void stop() {
        stopped = true;
    }

    /** Cuts the connection of a writer that waits for an answer; what it waits for is then in doubt. */
    void abort() {
        LedgerSession open = session;
        if (open != null) {
            open.abort();
        }
    }

    /** When the transaction under way began, or -1 when there is none. */
    long beganNanos() {
        return beganNanos;
    }

    private void leaveOutBeatsBeforeTheStart() {
        long now = tally.now();
        if (pace.untilNext(now) < 0) {
            pace.take(now);
        }
    }

    private void beat() {
        LedgerSession open = session;
        if (open == null) {
            reconnect();
            return;
        }
        tally.began();
        beganNanos = tally.now();
        try {
            transact(open);
        } finally {
            beganNanos = -1;
            tally.ended();
        }
    }

    private void reconnect() {
        try {
            connect();
            tally.reconnected();
        } catch (SQLException e) {
            tally.error(writer, url, e);
            LockSupport.parkNanos(RECONNECT_NANOS);
        }
    }

    private void transact(LedgerSession open) {
        long turn = beats++ % 10;
        if (turn == 5 && !own.isEmpty()) {
            amend(open, own.removeLast());
        } else if (turn == 9 && !own.isEmpty()) {
            withdraw(open, own.removeFirst());
        } else {
            place(open, turn == 7);
        }
    }

    private void place(LedgerSession open, boolean event) {
        long placed = ++number;
        Fate failure = Fate.REFUSED;
        try {
            LedgerSession.Drawn drawn =
                    event ? open.logEvent(writer, placed, tally.badgeDue()) : open.placeOrder(writer, placed);
            failure = Fate.IN_DOUBT;
            commit(open, Operation.PLACE, placed, drawn.ticket(), drawn.countdown());
            remember(new Entry(placed, 0));
        } catch (SQLException e) {
            failed(open, e, failure, Operation.PLACE, placed);
        }
    }

    private void amend(LedgerSession open, Entry entry) {
        Fate failure = Fate.REFUSED;
        try {
            if (open.amend(writer, entry.number(), entry.version()) != 1) {
                missing(open, Operation.AMEND, entry.number());
                return;
            }
            failure = Fate.IN_DOUBT;
            commit(open, Operation.AMEND, entry.number(), entry.version() + 1L);
            remember(new Entry(entry.number(), entry.version() + 1));
        } catch (SQLException e) {
            failed(open, e, failure, Operation.AMEND, entry.number(), entry.version() + 1L);
        }
    }

    private void withdraw(LedgerSession open, Entry entry) {
        Fate failure = Fate.REFUSED;
        try {
            if (open.withdraw(writer, entry.number()) != 1) {
                missing(open, Operation.WITHDRAW, entry.number());
                return;
            }
            failure = Fate.IN_DOUBT;
            commit(open, Operation.WITHDRAW, entry.number());
        } catch (SQLException e) {
            failed(open, e, failure, Operation.WITHDRAW, entry.number());
        }
    }

    private void commit(LedgerSession open, Operation operation, long entry, Long... values) throws SQLException {
        open.commit();
        long ended = tally.now();
        journal.append(Fate.ACKNOWLEDGED, operation, entry, values);
        tally.acknowledged(beganNanos, ended);
    }

    private void missing(LedgerSession open, Operation operation, long entry) {
        journal.append(Fate.MISSING, operation, entry);
        tally.failed(Fate.MISSING);
        recover(open);
    }

    private void failed(
            LedgerSession open, SQLException error, Fate fate, Operation operation, long entry, Long... values) {
        journal.append(fate, operation, entry, values);
        tally.failed(fate);
        tally.error(writer, url, error);
        recover(open);
    }

    private void recover(LedgerSession open) {
        if (!open.recover()) {
            open.close();
            session = null;
        }
    }

    private void remember(Entry entry) {
        own.addLast(entry);
        if (own.size() > REMEMBERED) {
            own.removeFirst();
        }
    }

    /** An entry that this writer may come back to. */
    private record Entry(long number, int version) {}
}
