package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerFleet;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Does everything on all its members at once.
 *
 * <p>The work runs on threads of its own, which nobody interrupts: a half-sent RESUME because somebody aborted a run
 * would leave clients held. The callers wait for it with {@link CompletableFuture#join}, which interrupts do not end,
 * and every piece of work ends by its own deadline.
 */
class ParallelPoolerFleet implements PoolerFleet {

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("pooler-fleet").start(task);

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
        return sentences(onAll(FleetMember::reconnect));
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
        return answers(start(work));
    }

    private static <T> Map<String, T> answers(Map<FleetMember, CompletableFuture<T>> started) {
        Map<String, T> answers = new LinkedHashMap<>();
        RuntimeException failure = null;
        for (Map.Entry<FleetMember, CompletableFuture<T>> member : started.entrySet()) {
            try {
                answers.put(member.getKey().name(), member.getValue().join());
            } catch (CompletionException e) {
                failure = e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return answers;
    }

    private <T> Map<FleetMember, CompletableFuture<T>> start(Function<FleetMember, T> work) {
        Map<FleetMember, CompletableFuture<T>> started = new LinkedHashMap<>();
        members.forEach(
                member -> started.put(member, CompletableFuture.supplyAsync(() -> work.apply(member), THREADS)));
        return started;
    }

    /** Work that answers a sentence if it failed, with another sentence for those that do not answer in time. */
    private List<String> within(
            Duration atMost, Function<FleetMember, Optional<String>> work, Function<FleetMember, String> tooLate) {
        Map<FleetMember, CompletableFuture<Optional<String>>> started = start(work);
        started.forEach((member, answer) ->
                answer.completeOnTimeout(Optional.of(tooLate.apply(member)), atMost.toMillis(), TimeUnit.MILLISECONDS));
        return sentences(answers(started));
    }

    private static List<String> sentences(Map<String, Optional<String>> answers) {
        return answers.values().stream().flatMap(Optional::stream).toList();
    }
}
