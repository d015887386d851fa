package dev.upshift.pooler.internal.record;

import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerFleets;
import dev.upshift.pooler.RecordedAction;
import dev.upshift.pooler.RecordedAction.Kind;
import dev.upshift.pooler.internal.console.ConsoleCommands;
import dev.upshift.pooler.internal.fleet.StuckLogins;
import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fleets of poolers that obey at once: each does what it is told, one after the other, and nothing of it is sent. */
final class RecordingFleets implements PoolerFleets {

    private final ConfigurationStores stores;
    private final Consumer<RecordedAction> record;

    /** @param stores what the poolers read at a RELOAD */
    RecordingFleets(ConfigurationStores stores, Consumer<RecordedAction> record) {
        this.stores = stores;
        this.record = record;
    }

    @Override
    public PoolerFleet open(List<PoolerAddress> poolers, Map<String, List<String>> entries) {
        Map<String, Member> members = new LinkedHashMap<>();
        poolers.forEach(pooler -> {
            Member member = new Member(pooler, entries.getOrDefault(pooler.name(), List.of()));
            member.read();
            members.put(pooler.name(), member);
        });
        return new Fleet(members);
    }

    private record Fleet(Map<String, Member> members) implements PoolerFleet {

        @Override
        public HoldOutcome holdClients(Duration atMost, Runnable begins) {
            begins.run();
            members.values().forEach(Member::pause);
            Map<String, Duration> held = new LinkedHashMap<>();
            members.keySet().forEach(name -> held.put(name, Duration.ZERO));
            return new HoldOutcome.Held(held);
        }

        @Override
        public List<String> releaseClients(Duration atMost, Runnable resumed) {
            members.values().forEach(Member::resume);
            return List.of();
        }

        @Override
        public List<String> reload(Duration atMost) {
            members.values().forEach(Member::reload);
            return List.of();
        }

        @Override
        public Map<String, List<DatabaseEntry>> entries() {
            Map<String, List<DatabaseEntry>> all = new LinkedHashMap<>();
            members.forEach((name, member) -> all.put(name, member.shown()));
            return all;
        }

        @Override
        public List<ServerConnection> servers() {
            return List.of();
        }

        @Override
        public Waiters waiters() {
            return new Waiters(0, Duration.ZERO);
        }

        @Override
        public List<String> reconnect() {
            return List.of();
        }

        @Override
        public PoolerFleet only(String pooler) {
            Member member = members.get(pooler);
            return new Fleet(member == null ? Map.of() : Map.of(pooler, member));
        }

        @Override
        public void close() {}
    }

    private final class Member {

        private final PoolerAddress pooler;
        private final List<String> entries;
        private final Set<String> paused = new HashSet<>();
        private final Map<String, PoolerConfiguration.Entry> known = new HashMap<>();

        Member(PoolerAddress pooler, List<String> entries) {
            this.pooler = pooler;
            this.entries = entries;
        }

        void read() {
            known.clear();
            stores.of(pooler.configuration()).read(pooler.configuration()).entries().stream()
                    .filter(entry -> entries.contains(entry.name()))
                    .forEach(entry -> known.put(entry.name(), entry));
        }

        void pause() {
            entries.forEach(entry -> tell(ConsoleCommands.pause(entry)));
            paused.addAll(entries);
        }

        void resume() {
            entries.forEach(entry -> tell(ConsoleCommands.resume(entry)));
            tell(ConsoleCommands.set(StuckLogins.SETTING, StuckLogins.IMPATIENT), StuckLogins.WHEN);
            tell(ConsoleCommands.set(StuckLogins.SETTING, "⟨what it was⟩"), StuckLogins.WHEN);
            paused.clear();
        }

        void reload() {
            tell(ConsoleCommands.RELOAD);
            read();
        }

        private void tell(String command) {
            tell(command, null);
        }

        private void tell(String command, @Nullable String condition) {
            record.accept(new RecordedAction(Kind.CONSOLE, pooler.name(), command, condition));
        }

        List<DatabaseEntry> shown() {
            return known.values().stream()
                    .map(entry -> new DatabaseEntry(
                            entry.name(),
                            entry.host(),
                            entry.port(),
                            entry.database(),
                            null,
                            null,
                            paused.contains(entry.name()),
                            false,
                            0,
                            0))
                    .toList();
        }
    }
}
