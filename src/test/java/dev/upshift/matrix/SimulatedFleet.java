package dev.upshift.matrix;

import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerFleet.HoldOutcome;
import dev.upshift.pooler.PoolerUnreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Consoles of one control plane. Commands reach one pooler after the other, with moments in between. */
final class SimulatedFleet implements PoolerFleet {

    private final ControlPlane plane;
    private final Map<Pooler, List<String>> entries;

    SimulatedFleet(ControlPlane plane, Map<Pooler, List<String>> entries) {
        this.plane = plane;
        this.entries = entries;
    }

    @Override
    public HoldOutcome holdClients(Duration atMost, Runnable begins) {
        List<String> restless = entries.keySet().stream()
                .filter(pooler -> pooler.restless > 0)
                .peek(pooler -> pooler.restless--)
                .map(Pooler::name)
                .toList();
        if (!restless.isEmpty()) {
            return new HoldOutcome.NeverCalm(restless);
        }
        begins.run();
        for (Pooler pooler : entries.keySet()) {
            try {
                command("pause", pooler, () -> pooler.paused.addAll(entries.get(pooler)));
            } catch (PoolerUnreachable e) {
                return new HoldOutcome.Refused(pooler.name(), String.valueOf(e.getMessage()));
            }
        }
        World world = plane.world();
        boolean held = world.waiting.until(
                atMost,
                Duration.ofMillis(1),
                () -> entries.entrySet().stream()
                        .noneMatch(member -> member.getKey().busy
                                || member.getValue().stream()
                                        .anyMatch(entry -> world.traffic.isBusy(member.getKey(), entry))));
        return held ? new HoldOutcome.Held(Map.of()) : new HoldOutcome.TooSlow(Map.of());
    }

    @Override
    public List<String> releaseClients(Duration atMost, Runnable resumed) {
        return sentences("resume", pooler -> {
            pooler.paused.removeAll(entries.get(pooler));
            resumed.run();
        });
    }

    @Override
    public List<String> reload(Duration atMost) {
        return sentences("reload", Pooler::reload);
    }

    private List<String> sentences(String what, Consumer<Pooler> work) {
        List<String> sentences = new ArrayList<>();
        entries.keySet().forEach(pooler -> {
            try {
                command(what, pooler, () -> work.accept(pooler));
            } catch (PoolerUnreachable e) {
                sentences.add(String.valueOf(e.getMessage()));
            }
        });
        return sentences;
    }

    private void command(String what, Pooler pooler, Runnable work) {
        plane.change("PoolerFleet." + what + " " + pooler.name(), () -> {
            requireAnswer(pooler);
            work.run();
        });
    }

    private static void requireAnswer(Pooler pooler) {
        if (!pooler.answers) {
            throw new PoolerUnreachable(PoolerUnreachable.Reason.REFUSED, pooler.name() + " does not answer.", null);
        }
    }

    @Override
    public List<ServerConnection> servers() {
        return List.of();
    }

    @Override
    public Map<String, List<DatabaseEntry>> entries() {
        Map<String, List<DatabaseEntry>> all = new LinkedHashMap<>();
        entries.forEach((pooler, names) ->
                all.put(pooler.name(), plane.look("PoolerFleet.entries " + pooler.name(), () -> {
                    requireAnswer(pooler);
                    return names.stream()
                            .filter(pooler.entries::containsKey)
                            .map(name -> entry(pooler, pooler.entries.get(name)))
                            .toList();
                })));
        return all;
    }

    private static DatabaseEntry entry(Pooler pooler, Entry entry) {
        return new DatabaseEntry(
                entry.name(),
                entry.host(),
                entry.port(),
                entry.database(),
                null,
                "transaction",
                pooler.paused.contains(entry.name()),
                pooler.disabled.contains(entry.name()),
                0,
                0);
    }

    @Override
    public Waiters waiters() {
        return new Waiters(0, Duration.ZERO);
    }

    @Override
    public List<String> reconnect() {
        return sentences("reconnect", pooler -> {});
    }

    @Override
    public PoolerFleet only(String name) {
        Pooler pooler = plane.world().pooler(name);
        return new SimulatedFleet(plane, Map.of(pooler, entries.get(pooler)));
    }

    @Override
    public void close() {
        // what is paused stays paused
    }
}
