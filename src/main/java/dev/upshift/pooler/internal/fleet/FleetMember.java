package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One pooler of a fleet with the entries that are held there. */
final class FleetMember {

    /** A console answers within a millisecond or so; one that does not in this time is not there. */
    private static final Duration CONSOLE_DEADLINE = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(1);

    /**
     * Clients are served meanwhile, on processors that a closer look takes from them: looking every 3 ms made PAUSE wait
     * for 101 ms in the median on two busy cores, every 10 ms for 52.
     */
    private static final Duration CALM_POLL = Duration.ofMillis(10);

    private final String name;
    private final List<String> entries;
    private final List<EntryHold> holds;
    private final ConsoleLine observing;
    private final ConsoleLine releasing;
    private final PoolerView view;
    private final MemberRelease release;
    private final Waiting waiting;
    private final Clock clock;

    /** Held while PAUSEs are sent and while clients are let go, so that neither slips between the other's steps. */
    private final ReentrantLock turn = new ReentrantLock();

    FleetMember(PoolerAddress pooler, List<String> entries, PoolerConsoles consoles, Waiting waiting, Clock clock) {
        Supplier<PoolerConsole> opener = () -> consoles.open(pooler, CONSOLE_DEADLINE);
        this.name = pooler.name();
        this.entries = List.copyOf(entries);
        this.holds = entries.stream().map(entry -> new EntryHold(entry, opener)).toList();
        this.observing = new ConsoleLine(opener);
        this.releasing = new ConsoleLine(opener);
        this.view = new PoolerView(entries, observing);
        this.release = new MemberRelease(holds, releasing, waiting);
        this.waiting = waiting;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    /** @throws PoolerUnreachable if a console does not answer */
    boolean open() {
        observing.makeReady();
        releasing.makeReady();
        holds.forEach(EntryHold::makeReady);
        return true;
    }

    /** Opens again what was lost. @return a sentence if that is not possible */
    Optional<String> reconnect() {
        return sentenceOf(() -> {
            open();
            return Optional.empty();
        });
    }

    /** Opens again what was lost, and looks whether the entries can be held. @return a sentence if not */
    Optional<String> makeReady() {
        return sentenceOf(() -> {
            open();
            return Fitness.objection(name, entries, view.databases());
        });
    }

    /**
     * Waits until no server connection is being opened, because PAUSE would close it, and PgBouncer would open no other
     * one for {@code server_login_retry} (15 s) after RESUME; and for a quiet moment of all poolers, if there is one.
     *
     * @return why not, if that did not come about
     */
    private Optional<MemberHold> awaitCalm(HoldAttempt attempt, Calm calm) {
        try {
            return waiting.until(
                                    attempt.leftToBegin(),
                                    CALM_POLL,
                                    () -> attempt.hasEnded() || attempt.isOver() || calm.hasCome(name, view.look()))
                            && !attempt.isOver()
                    ? Optional.empty()
                    : Optional.of(new MemberHold.NeverCalm(calm.wasReady(name)));
        } catch (PoolerUnreachable | CommandRefused e) {
            attempt.end();
            return Optional.of(new MemberHold.Failed(messageOf(e)));
        }
    }

    /** Sends PAUSE for all entries and waits until all clients are held, the time is spent, or the attempt is over. */
    MemberHold hold(HoldAttempt attempt, Calm calm) {
        try {
            Optional<MemberHold> restless = awaitCalm(attempt, calm);
            if (restless.isPresent()) {
                return restless.get();
            }
            attempt.begin(); // takes locks of its own, so not during our turn
            Instant begun = clock.instant();
            if (!sendPauses(attempt)) {
                return new MemberHold.CutShort();
            }
            boolean decided =
                    waiting.until(attempt.left(), POLL, () -> attempt.hasEnded() || anyCallFailed() || allHeld());
            if (anyCallFailed()) {
                attempt.end();
                return new MemberHold.Failed(failure());
            }
            if (attempt.hasEnded()) {
                return new MemberHold.CutShort();
            }
            return decided
                    ? new MemberHold.Held(Duration.between(begun, clock.instant()))
                    : new MemberHold.Draining(view.serversActive());
        } catch (PoolerUnreachable | CommandRefused e) {
            attempt.end();
            return new MemberHold.Failed(messageOf(e));
        }
    }

    /** @return a sentence if clients were not seen to go in time */
    Optional<String> releaseClients(Deadline deadline, Runnable resumed) {
        turn.lock();
        try {
            return release.releaseClients(deadline, resumed).map(trouble -> (mayStillHold() + " " + trouble).strip());
        } finally {
            turn.unlock();
        }
    }

    /** The sentence for a pooler that was not seen to serve in time. */
    String mayStillHold() {
        return ("Pooler %s may still hold the clients of %s: look at SHOW DATABASES on its console, and RESUME what is"
                        + " paused.")
                .formatted(name, String.join(", ", entries));
    }

    Optional<String> reload() {
        return sentenceOf(() -> {
            observing.ask(console -> {
                console.reload();
                return true;
            });
            return Optional.empty();
        });
    }

    List<DatabaseEntry> entries() {
        return view.databases();
    }

    List<ServerConnection> servers() {
        return view.servers();
    }

    List<Pool> poolsIfAnswering() {
        try {
            return view.pools();
        } catch (PoolerUnreachable | CommandRefused away) {
            return List.of();
        }
    }

    void close() {
        holds.forEach(EntryHold::close);
        observing.abort();
        releasing.abort();
    }

    /** After the deadline nobody waits for it any more: this process may have been asleep. */
    private boolean sendPauses(HoldAttempt attempt) {
        turn.lock();
        try {
            if (attempt.hasEnded() || attempt.isOver()) {
                return false;
            }
            holds.forEach(EntryHold::pause);
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** That PAUSE returned is not enough: after a WAIT_CLOSE it returns at once although transactions are open. */
    private boolean allHeld() {
        return holds.stream().allMatch(EntryHold::hasReturned)
                && view.serversActive() == 0
                && view.databases().stream().allMatch(DatabaseEntry::paused);
    }

    private boolean anyCallFailed() {
        return holds.stream().anyMatch(EntryHold::hasFailed);
    }

    private String failure() {
        return holds.stream()
                .filter(EntryHold::hasFailed)
                .map(EntryHold::failure)
                .findFirst()
                .orElse("");
    }

    private static Optional<String> sentenceOf(Supplier<Optional<String>> work) {
        try {
            return work.get();
        } catch (PoolerUnreachable | CommandRefused e) {
            return Optional.of(messageOf(e));
        }
    }

    private static String messageOf(RuntimeException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
