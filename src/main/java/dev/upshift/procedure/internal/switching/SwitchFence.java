package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.Fence.FenceState;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The fences of a switch, and what databases had before: without that nobody can lift them, so it is forgotten only when
 * they are seen to be lifted.
 */
final class SwitchFence {

    /** How long somebody else may be lifting the same fence. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Project project;
    private final Side from;
    private final SwitchParts parts;
    private final SessionPool pool;
    private final Map<String, Optional<FenceState>> memory = new ConcurrentHashMap<>();

    /** By side and database: one that hangs keeps no other waiting. */
    private final Map<String, ReentrantLock> lifting = new ConcurrentHashMap<>();

    /** Databases of {@code from} whose fence was to be lifted, and is not seen to be. */
    private final Set<String> perhapsRaised = ConcurrentHashMap.newKeySet();

    SwitchFence(Project project, Side from, SwitchParts parts, SessionPool pool) {
        this.project = project;
        this.from = from;
        this.parts = parts;
        this.pool = pool;
    }

    /** What {@code side} had before we fenced it; empty when we have not. Known without asking anybody once read. */
    Optional<FenceState> before(Side side, String database) {
        return memory.computeIfAbsent(
                side + "/" + database, key -> parts.raisedFences().before(project.id(), side, database));
    }

    /** Keeps what the database has now, so that the fence can be lifted again by whoever has to. */
    void remember(Side side, String database) {
        FenceState now = parts.fence().read(pool.work(side, database));
        parts.raisedFences().keep(project.id(), side, database, now);
        memory.remove(side + "/" + database);
        before(side, database);
    }

    /**
     * Lifts our fence, if there is one; its memory is kept until {@link #forget}. On the side that is left, sessions that
     * began behind the fence end with it: a pooler that was restarted meanwhile has opened some, and they would stay
     * read-only for as long as it keeps them. The watchdog and a step may both do this: only the one that lifts it ends
     * sessions, because those that begin afterwards are of clients that were let go.
     *
     * @throws IllegalStateException if somebody else has been lifting it for a second
     */
    void lift(Side side, String database) {
        before(side, database).ifPresent(before -> {
            ReentrantLock alone = lifting.computeIfAbsent(side + "/" + database, key -> new ReentrantLock());
            if (!isTaken(alone)) {
                throw new IllegalStateException("The fence on " + database + " is being lifted already.");
            }
            try {
                pool.reliably(side, database, Role.WATCH, session -> lift(session, side, before));
            } finally {
                alone.unlock();
            }
        });
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

    private FenceState lift(PostgresSession session, Side side, FenceState before) {
        boolean raised = !parts.fence().read(session).equals(before);
        parts.fence().lift(session, before);
        if (raised && side == from) {
            parts.fence().endClientSessions(session);
        }
        return before;
    }

    /** Whether our fence on {@code to} keeps even those out who only want to read: it is a hard one. */
    boolean isShut(String database) {
        return before(from.other(), database)
                        .filter(before -> before.connectionLimit() != 0)
                        .isPresent()
                && parts.fence().read(pool.work(from.other(), database)).connectionLimit() == 0;
    }

    /** Lets clients sign in on {@code to} behind our fence; they may only read. */
    void soften(String database) {
        before(from.other(), database)
                .ifPresent(before -> parts.fence()
                        .lift(pool.work(from.other(), database), new FenceState("on", before.connectionLimit())));
    }

    /** Takes back what {@link #soften} did, and ends the sessions that began meanwhile. */
    void harden(String database) {
        pool.reliably(from.other(), database, Role.WORK, session -> {
            parts.fence().raise(session, true);
            return parts.fence().endClientSessions(session);
        });
    }

    /**
     * Lifts the fence on {@code from}, sees that it is lifted, and only then forgets what was there before.
     *
     * @throws IllegalStateException if it is not lifted
     */
    void liftForGood(String database) {
        perhapsRaised.add(database);
        lift(from, database);
        Optional<FenceState> before = before(from, database); // empty once it was lifted for good
        if (before.isPresent()
                && !pool.reliably(from, database, Role.WATCH, parts.fence()::read)
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
    void forgetUnraised(String database) {
        if (perhapsRaised.contains(database)) {
            throw new IllegalStateException("The fence on " + database + " is not known to be lifted yet.");
        }
        forget(from, database);
    }

    void forget(Side side, String database) {
        parts.raisedFences().forget(project.id(), side, database);
        memory.put(side + "/" + database, Optional.empty());
    }
}
