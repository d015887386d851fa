package dev.upshift.pooler.internal;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** One pooler of a fleet with the entries that are held there. */
final class FleetMember {

    /** A console answers within a millisecond or so; one that does not in this time is not there. */
    private static final Duration CONSOLE_DEADLINE = Duration.ofSeconds(3);

    /** Small beside the 40 ms that a PAUSE takes anyway, large beside the work of one look. */
    private static final Duration POLL = Duration.ofMillis(1);

    private final String name;
    private final Set<String> names;
    private final List<EntryHold> holds;
    private final ConsoleLine observing;
    private final ConsoleLine releasing;
    private final Waiting waiting;
    private final Clock clock;

    /** Held while PAUSEs are sent and while clients are let go, so that neither slips between the other's steps. */
    private final ReentrantLock turn = new ReentrantLock();

    FleetMember(PoolerAddress pooler, List<String> entries, PoolerConsoles consoles, Waiting waiting, Clock clock) {
        Supplier<PoolerConsole> opener = () -> consoles.open(pooler, CONSOLE_DEADLINE);
        this.name = pooler.name();
        this.names = Set.copyOf(entries);
        this.holds = entries.stream().map(entry -> new EntryHold(entry, opener)).toList();
        this.observing = new ConsoleLine(opener);
        this.releasing = new ConsoleLine(opener);
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
    Optional<String> makeReady() {
        return sentenceOf(() -> {
            open();
            Set<String> missing = new HashSet<>(names);
            entries().forEach(entry -> missing.remove(entry.name()));
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("Pooler %s has no entry %s.".formatted(name, String.join(", ", missing)));
        });
    }

    /** Sends PAUSE for all entries and waits until all clients are held, the time is spent, or the attempt is over. */
    MemberHold hold(HoldAttempt attempt, Deadline deadline) {
        Instant begun = clock.instant();
        try {
            if (!sendPauses(attempt)) {
                return new MemberHold.CutShort();
            }
            boolean decided = waiting.until(
                    deadline.left(), POLL, () -> attempt.hasEnded() || anyCall(PauseCall::hasFailed) || allHeld());
            if (anyCall(PauseCall::hasFailed)) {
                attempt.end();
                return new MemberHold.Failed(failure());
            }
            if (attempt.hasEnded()) {
                return new MemberHold.CutShort();
            }
            return decided
                    ? new MemberHold.Held(Duration.between(begun, clock.instant()))
                    : new MemberHold.Draining(serversActive());
        } catch (PoolerUnreachable | CommandRefused e) {
            attempt.end();
            return new MemberHold.Failed(messageOf(e));
        }
    }

    /**
     * RESUMEs until nothing is paused and no PAUSE is on its way any more.
     *
     * <p>RESUME goes first, on a connection that does nothing else, because every millisecond counts for the clients.
     * It may overtake a PAUSE of ours that PgBouncer has not read yet. Whether it did, its answer tells: "not paused"
     * while our PAUSE is pending means that the PAUSE is still to come, so RESUME is repeated until it finds the entry
     * paused. Only then the hanging PAUSE's connection is cut; cutting it before would not call back what the network
     * already carries. {@code SHOW DATABASES} has the last word.
     *
     * @return a sentence if that did not come about in time
     */
    Optional<String> letGo(Deadline deadline) {
        turn.lock();
        try {
            String trouble = "";
            do {
                try {
                    trouble = resumeAll();
                    if (holds.stream().noneMatch(EntryHold::isOnItsWay) && nonePaused()) {
                        return Optional.empty();
                    }
                } catch (PoolerUnreachable | CommandRefused e) {
                    trouble = messageOf(e);
                }
                waiting.pause(POLL);
            } while (!deadline.isOver());
            return Optional.of((mayStillHold() + " " + trouble).strip());
        } finally {
            turn.unlock();
        }
    }

    /** The sentence for a pooler that was not seen to serve in time. */
    String mayStillHold() {
        return ("Pooler %s may still hold the clients of %s: look at SHOW DATABASES on its console, and RESUME what is"
                        + " paused.")
                .formatted(name, String.join(", ", names));
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
        return askAgain(console -> console.databases().stream()
                .filter(entry -> names.contains(entry.name()))
                .toList());
    }

    List<Pool> poolsIfAnswering() {
        try {
            return pools();
        } catch (PoolerUnreachable | CommandRefused away) {
            return List.of();
        }
    }

    void close() {
        holds.forEach(EntryHold::close);
        observing.abort();
        releasing.abort();
    }

    private boolean sendPauses(HoldAttempt attempt) {
        turn.lock();
        try {
            if (attempt.hasEnded()) {
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
        return allCalls(PauseCall::hasReturned)
                && serversActive() == 0
                && entries().stream().allMatch(DatabaseEntry::paused);
    }

    private String resumeAll() {
        StringBuilder trouble = new StringBuilder();
        for (EntryHold hold : holds) {
            try {
                if (releasing.ask(console -> console.resume(hold.entry()))) {
                    hold.resumed();
                }
            } catch (CommandRefused e) {
                // An entry that is gone cannot hold anybody; SHOW DATABASES decides.
                trouble.append(messageOf(e)).append(' ');
            }
        }
        return trouble.toString();
    }

    private boolean nonePaused() {
        return releasing.ask(PoolerConsole::databases).stream()
                .noneMatch(entry -> entry.paused() && names.contains(entry.name()));
    }

    private int serversActive() {
        return pools().stream().mapToInt(Pool::serversActive).sum();
    }

    private List<Pool> pools() {
        return askAgain(console -> console.pools().stream()
                .filter(pool -> names.contains(pool.database()))
                .toList());
    }

    /** A question may be asked twice: once more on a new console where the first was lost. */
    private <T> T askAgain(Function<PoolerConsole, T> question) {
        try {
            return observing.ask(question);
        } catch (PoolerUnreachable lost) {
            return observing.ask(question);
        }
    }

    private boolean anyCall(Function<PauseCall, Boolean> what) {
        return holds.stream().map(EntryHold::call).filter(Objects::nonNull).anyMatch(what::apply);
    }

    private boolean allCalls(Function<PauseCall, Boolean> what) {
        return holds.stream().map(EntryHold::call).allMatch(call -> call != null && what.apply(call));
    }

    private String failure() {
        return holds.stream()
                .map(EntryHold::call)
                .filter(Objects::nonNull)
                .filter(PauseCall::hasFailed)
                .map(PauseCall::reason)
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
