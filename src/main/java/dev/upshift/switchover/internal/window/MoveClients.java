package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Activates every pooler's new configuration, sees that the pooler leads to the entered side, and resumes it; each
 * pooler by itself, so that one that is away does not keep the clients of the others waiting. Clients of a pooler that
 * does not lead there yet stay held: held or served, never on both sides.
 */
public final class MoveClients extends SwitchStep {

    private static final Duration COMMAND = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofMillis(50);

    /** What is left to do can wait so long for clients to be served; it works on the same machines. */
    private static final Duration AFTER_YOU = Duration.ofMillis(500);

    private static final Duration LOOK = Duration.ofMillis(20);

    /** Whoever has waited longer than this may have been held. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(50);

    private final Set<String> moved = ConcurrentHashMap.newKeySet();
    private final EnteredFence fence;

    public MoveClients(Switch sw) {
        super(sw, "move-clients", Part.COMPLETION, Duration.ofMinutes(10));
        this.fence = new EnteredFence(sw);
    }

    @Override
    public String sentence() {
        return "Repoint %s to the %s (new configuration, RELOAD, look) and RESUME each as soon as it leads there."
                .formatted(sw.poolersInWords(), sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        CompletableFuture<Boolean> lifted = sw.fanOut().begin(this::acceptWrites);
        Map<String, String> hashes = StageConfiguration.HASH.in(new RunFacts(run.facts()));
        List<PoolerAddress> waiting = sw.project().poolers().stream()
                .filter(pooler -> !moved.contains(pooler.name()))
                .toList();
        List<String> problems = sw.fanOut().map(waiting, pooler -> move(pooler, hashes, lifted)).stream()
                .flatMap(Collection::stream)
                .toList();
        FanOut.answer(lifted);
        if (!problems.isEmpty()) {
            return StepOutcome.retry(String.join(" ", problems), AGAIN);
        }
        sw.watch().end();
        releaseClientsFirst();
        return StepOutcome.done(
                "All poolers lead to the %s and serve%s.%s"
                        .formatted(
                                sw.to().word(),
                                sw.watch()
                                        .heldMillis()
                                        .map("; clients were held for %d ms"::formatted)
                                        .orElse(""),
                                fence.words()),
                fence.facts());
    }

    private boolean acceptWrites() {
        fence.lift();
        return true;
    }

    private void releaseClientsFirst() {
        sw.waiting()
                .until(
                        AFTER_YOU,
                        LOOK,
                        () -> sw.project().poolers().stream()
                                .allMatch(pooler -> sw.poolers()
                                                .fleetOf(pooler)
                                                .waiters()
                                                .longest()
                                                .compareTo(SHORT_WAIT)
                                        < 0));
    }

    private List<String> move(PoolerAddress pooler, Map<String, String> hashes, CompletableFuture<Boolean> lifted) {
        try {
            activate(pooler, hashes.getOrDefault(pooler.name(), ""));
            PoolerFleet alone = sw.poolers().fleetOf(pooler);
            List<String> problems = new ArrayList<>(alone.reload(COMMAND));
            if (problems.isEmpty()) {
                problems.addAll(elsewhere(alone));
            } else {
                problems.addAll(alone.reconnect());
            }
            if (problems.isEmpty()) {
                FanOut.answer(lifted);
                problems.addAll(alone.releaseClients(COMMAND, sw.watch()::resumed));
            }
            if (problems.isEmpty()) {
                problems.addAll(disabled(alone)); // whoever was held is served there all the same
            }
            if (problems.isEmpty()) {
                moved.add(pooler.name());
            }
            return problems;
        } catch (PoolerUnreachable | StoreFailed e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Somebody may have tidied the staged configuration away; what it was made from tells what it was. */
    private void activate(PoolerAddress pooler, String expectedHash) {
        ConfigurationLocation location = pooler.configuration();
        ConfigurationStore store = sw.poolers().store(pooler);
        try {
            store.activate(location, expectedHash);
        } catch (StoreFailed notStaged) {
            PoolerChange change = sw.poolers().change(pooler);
            if (!change.current().hash().equals(expectedHash)) {
                throw notStaged;
            }
            store.stage(location, change.next());
            store.activate(location, expectedHash);
        }
    }

    private List<String> elsewhere(PoolerFleet alone) {
        Endpoint entered = sw.project().cluster(sw.to()).peer();
        return each(
                alone,
                entry -> !entered.isAt(entry.host(), entry.port()),
                (entry, pooler) -> "Entry %s of %s still leads to %s:%d."
                        .formatted(entry.name(), pooler, entry.host(), entry.port()));
    }

    /** Nobody can sign in to such an entry. */
    private static List<String> disabled(PoolerFleet alone) {
        return each(
                alone,
                DatabaseEntry::disabled,
                (entry, pooler) -> "Entry %1$s of %2$s is disabled: give ENABLE %1$s on its console."
                        .formatted(entry.name(), pooler));
    }

    private static List<String> each(
            PoolerFleet alone, Predicate<DatabaseEntry> wrong, BiFunction<DatabaseEntry, String, String> sentence) {
        return alone.entries().entrySet().stream()
                .flatMap(pooler ->
                        pooler.getValue().stream().filter(wrong).map(entry -> sentence.apply(entry, pooler.getKey())))
                .toList();
    }
}
