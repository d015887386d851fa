package dev.upshift.switchover.internal.route;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting.WaitInterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fences of a switch, and what databases had before: without that nobody can lift them, so it is forgotten only when
 * they are seen to be lifted.
 */
public final class SwitchFence {

    /** How long somebody else may be lifting the same fence. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long those who are held wait for the end of sessions that began behind a fence. */
    private static final Duration ENDING = Duration.ofMillis(500);

    /** So often somebody who keeps the fence from being lifted is ended. */
    private static final int ENDINGS = 3;

    private static final Logger log = LoggerFactory.getLogger(SwitchFence.class);

    private final Project project;
    private final Side from;
    private final Ports ports;
    private final SessionPool pool;
    private final Map<String, Optional<FenceState>> memory = new ConcurrentHashMap<>();

    /** By side and database: one that hangs keeps no other waiting. */
    private final Map<String, ReentrantLock> lifting = new ConcurrentHashMap<>();

    /** Databases of {@code from} whose fence was to be lifted, and is not seen to be. */
    private final Set<String> perhapsRaised = ConcurrentHashMap.newKeySet();

    /** Who was ended because he kept a fence from being lifted, in sentences that nobody has told yet. */
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();

    SwitchFence(Project project, Side from, Ports ports, SessionPool pool) {
        this.project = project;
        this.from = from;
        this.ports = ports;
        this.pool = pool;
    }

    /** What {@code side} had before we fenced it; empty when we have not. Known without asking anybody once read. */
    public Optional<FenceState> before(Side side, String database) {
        return memory.computeIfAbsent(
                side + "/" + database, key -> ports.records().fences().before(project.id(), side, database));
    }

    /** Whether a fence of ours stands there now: lifting it ends the sessions that began behind it. */
    public boolean stands(PostgresSession session, Side side, String database) {
        return before(side, database)
                .filter(before -> isToBeLifted(ports.servers().fence().read(session), before))
                .isPresent();
    }

    /** Keeps what the database has now, so that the fence can be lifted again by whoever has to. */
    public void remember(Side side, String database) {
        FenceState now = ports.servers().fence().read(pool.work(side, database));
        ports.records().fences().keep(project.id(), side, database, now);
        memory.remove(side + "/" + database);
        before(side, database);
    }

    /**
     * Lifts our fence, if there is one; its memory is kept until {@link #forget}. Sessions that began behind it end with
     * it: they would stay read-only for as long as somebody keeps them. The watchdog and a step may both do this: only
     * the one that lifts it ends sessions, because those that begin afterwards are of clients that were let go. Until
     * they are ended the database has what it had before in other words, so that whoever takes over from one that died
     * in between knows that it is still to be done.
     *
     * @throws IllegalStateException if somebody else has been lifting it for a second
     */
    public Lifted lift(Side side, String database) {
        return before(side, database)
                .map(before -> lift(side, database, before))
                .orElse(Lifted.NOTHING);
    }

    private Lifted lift(Side side, String database, FenceState before) {
        ReentrantLock alone = lifting.computeIfAbsent(side + "/" + database, key -> new ReentrantLock());
        if (!isTaken(alone)) {
            throw new IllegalStateException("The fence on " + database + " is being lifted already.");
        }
        try {
            return pool.reliably(side, database, Role.WATCH, session -> lift(session, side, database, before));
        } finally {
            alone.unlock();
        }
    }

    /** Whoever lets clients go waits for nobody for long. */
    private static boolean isTaken(ReentrantLock lock) {
        try {
            return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException goingOnAllTheSame) {
            Thread.currentThread().interrupt();
            return lock.tryLock();
        }
    }

    private Lifted lift(PostgresSession session, Side side, String database, FenceState before) {
        Lifted lifted = Lifted.NOTHING;
        FenceState now = ports.servers().fence().read(session);
        if (now.equals(before) && !ports.servers().fence().isBeingChanged(session)) {
            return lifted; // clients need not wait for anybody who holds it; a former owner would raise it over them
        }
        if (isToBeLifted(now, before)) {
            set(session, side, database, before.inOtherWords());
            lifted = endBehind(session, side, database);
        }
        set(session, side, database, before);
        return lifted;
    }

    /** Clients wait for this: who holds what is set for the database is ended, and named. */
    private void set(PostgresSession session, Side side, String database, FenceState state) {
        for (int endings = 0; ; endings++) {
            try {
                ports.servers().fence().lift(session, state);
                return;
            } catch (SettingsHeld held) {
                boolean untoldAgain = endings > 0 && held.holders().isEmpty();
                if (endings == ENDINGS || untoldAgain || !end(session, side, database, held.holders())) {
                    throw HeldSettings.refusal(database, side, held);
                }
            }
        }
    }

    private boolean end(PostgresSession session, Side side, String database, List<SettingsHolder> holders) {
        if (holders.isEmpty()) {
            return true; // by now
        }
        if (!holders.stream().allMatch(SettingsHolder::endable)
                || !ports.servers().fence().endHolders(session, holders)) {
            return false;
        }
        String note = HeldSettings.ended(database, side, holders);
        log.warn(note);
        notes.add(note);
        return true;
    }

    /** Whom a lifting has ended because he held what is set for the database, in sentences; each is told once. */
    public List<String> takeNotes() {
        List<String> taken = new ArrayList<>();
        for (String note = notes.poll(); note != null; note = notes.poll()) {
            taken.add(note);
        }
        return taken;
    }

    /** Who has let clients write by hand may have let them go as well, so nobody is ended then. */
    private static boolean isToBeLifted(FenceState now, FenceState before) {
        return !now.equals(before) && (!now.isOpen() || now.equals(before.inOtherWords()));
    }

    /** Clients wait for this: whoever cannot be ended now does not keep them waiting. */
    private Lifted endBehind(PostgresSession session, Side side, String database) {
        Lifted lifted;
        try {
            lifted = Lifted.of(database, side, ports.servers().fence().endWithin(session, ENDING));
        } catch (WaitInterrupted leaving) {
            throw leaving; // whoever comes next does it
        } catch (RuntimeException e) {
            lifted = Lifted.without(database, side, Reasons.of(e));
        }
        lifted.problems().forEach(log::warn);
        return lifted;
    }

    /** Whether our fence on {@code to} keeps even those out who only want to read: it is a hard one. */
    public boolean isShut(String database) {
        return before(from.other(), database)
                        .filter(before -> before.connectionLimit() != 0)
                        .isPresent()
                && ports.servers()
                                .fence()
                                .read(pool.work(from.other(), database))
                                .connectionLimit()
                        == 0;
    }

    /** Lets clients sign in on {@code to} behind our fence; they may only read. */
    public void soften(String database) {
        ports.ownership().require(); // nobody is let go by this, though it is done as a lifting
        before(from.other(), database)
                .ifPresent(before -> ports.servers()
                        .fence()
                        .lift(pool.work(from.other(), database), new FenceState("on", before.connectionLimit())));
    }

    /** Takes back what {@link #soften} did, and ends the sessions that began meanwhile. */
    public void harden(String database) {
        pool.reliably(from.other(), database, Role.WORK, session -> {
            ports.servers().fence().raise(session, true);
            return ports.servers().fence().endClientSessions(session);
        });
    }

    /**
     * Lifts the fence on {@code from}, sees that it is lifted, and only then forgets what was there before.
     *
     * @throws IllegalStateException if it is not lifted
     */
    public void liftForGood(String database) {
        perhapsRaised.add(database);
        lift(from, database);
        Optional<FenceState> before = before(from, database); // empty once it was lifted for good
        if (before.isPresent()
                && !pool.reliably(from, database, Role.WATCH, ports.servers().fence()::read)
                        .equals(before.get())) {
            throw new IllegalStateException("The fence on " + database + " is not lifted.");
        }
        forget(from, database);
        perhapsRaised.remove(database);
    }

    /**
     * Forgets what {@code from} had before a fence that was not raised, or is lifted.
     *
     * @throws IllegalStateException if it may still be raised
     */
    public void forgetUnraised(String database) {
        if (perhapsRaised.contains(database)) {
            throw new IllegalStateException("The fence on " + database + " is not known to be lifted yet.");
        }
        forget(from, database);
    }

    public void forget(Side side, String database) {
        ports.records().fences().forget(project.id(), side, database);
        memory.put(side + "/" + database, Optional.empty());
    }
}
