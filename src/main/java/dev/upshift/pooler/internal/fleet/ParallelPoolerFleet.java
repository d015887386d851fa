package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.shared.FanOut;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does everything on all its members at once.
 *
 * <p>The work runs on threads of its own, which nobody interrupts: a half-sent RESUME because somebody aborted a run
 * would leave clients held. Interrupts do not end the callers' waiting for it either, and every piece of work ends by
 * its own deadline.
 */
class ParallelPoolerFleet implements PoolerFleet {

    /**
     * How long a moment is waited for in which all poolers are quiet. Nobody is held meanwhile, and work of ours right
     * before it made transactions pile up that take a second or so to be gone.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<FleetMember> members;
    private final Clock clock;
    private volatile HoldAttempt attempt;

    ParallelPoolerFleet(List<FleetMember> members, Clock clock) {
        this.members = List.copyOf(members);
        this.clock = clock;
        // To be ended before anybody was held.
        this.attempt = new HoldAttempt(() -> {}, Duration.ZERO, Deadline.in(Duration.ZERO, clock), clock);
    }

    void open() {
        onAll(FleetMember::open);
    }

    @Override
    public HoldOutcome holdClients(Duration atMost, Runnable begins) {
        HoldAttempt begun = new HoldAttempt(begins, atMost, Deadline.in(PATIENCE.plus(atMost), clock), clock);
        attempt = begun;
        Map<String, Optional<String>> away = onAll(FleetMember::makeReady);
        for (Map.Entry<String, Optional<String>> member : away.entrySet()) {
            if (member.getValue().isPresent()) {
                return new HoldOutcome.Refused(
                        member.getKey(), member.getValue().get());
            }
        }
        Calm calm = new Calm(away.keySet(), Deadline.in(PATIENCE, clock));
        return MemberHold.together(onAll(member -> member.hold(begun, calm)));
    }

    @Override
    public List<String> releaseClients(Duration atMost, Runnable resumed) {
        attempt.end();
        Deadline deadline = Deadline.in(atMost, clock);
        return within(atMost, member -> member.releaseClients(deadline, resumed), FleetMember::mayStillHold);
    }

    @Override
    public List<String> reload(Duration atMost) {
        return within(
                atMost,
                FleetMember::reload,
                member -> "Pooler %s did not answer RELOAD within %d ms.".formatted(member.name(), atMost.toMillis()));
    }

    @Override
    public Map<String, List<DatabaseEntry>> entries() {
        return onAll(FleetMember::entries);
    }

    @Override
    public List<ServerConnection> servers() {
        return onAll(FleetMember::servers).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Waiters waiters() {
        List<Pool> pools = onAll(FleetMember::poolsIfAnswering).values().stream()
                .flatMap(List::stream)
                .toList();
        return new Waiters(
                pools.stream().mapToInt(Pool::clientsWaiting).sum(),
                pools.stream().map(Pool::maxWait).max(Duration::compareTo).orElse(Duration.ZERO));
    }

    @Override
    public List<String> reconnect() {
        return sentences(onAll(FleetMember::reconnect).values());
    }

    @Override
    public PoolerFleet only(String pooler) {
        return new ParallelPoolerFleet(
                members.stream().filter(member -> member.name().equals(pooler)).toList(), clock) {
            @Override
            public void close() {
                // the consoles belong to the whole fleet
            }
        };
    }

    @Override
    public void close() {
        attempt.end();
        onAll(member -> {
            member.close();
            return true;
        });
    }

    private <T> Map<String, T> onAll(Function<FleetMember, T> work) {
        List<T> answers = FanOut.atOnce().seeThrough(members, work);
        Map<String, T> byPooler = new LinkedHashMap<>();
        for (int index = 0; index < members.size(); index++) {
            byPooler.put(members.get(index).name(), answers.get(index));
        }
        return byPooler;
    }

    /** Work that answers a sentence if it failed, with another sentence for those that do not answer in time. */
    private List<String> within(
            Duration atMost, Function<FleetMember, Optional<String>> work, Function<FleetMember, String> tooLate) {
        return sentences(FanOut.answers(members.stream()
                .map(member ->
                        FanOut.atOnce().begin(() -> work.apply(member), atMost, Optional.of(tooLate.apply(member))))
                .toList()));
    }

    private static List<String> sentences(Collection<Optional<String>> answers) {
        return answers.stream().flatMap(Optional::stream).toList();
    }
}
