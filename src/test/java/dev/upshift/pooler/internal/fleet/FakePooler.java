package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pooler that behaves as PgBouncer does in what matters to a fleet: PAUSE takes effect when it arrives, answers when
 * no server connection is in use any more, and never once the entry was resumed; RESUME of what is not paused says so.
 */
final class FakePooler {

    final String name;
    final Set<String> entries = new TreeSet<>();
    final Set<String> paused = new HashSet<>();
    final Map<String, String> config = new LinkedHashMap<>(Map.of("server_login_retry", "15"));
    final List<String> commands = new ArrayList<>();
    final List<FakeConsole> consoles = new ArrayList<>();
    int serversActive;
    int serversReady = 1;
    int serversLoggingIn;
    int clientsWaiting;
    int minPoolSize;

    /** How often somebody asked for its pools. */
    private int looks;

    /** While true, a PAUSE that was sent has not arrived. */
    boolean networkHolds;

    /** While true, PAUSE answers at once, as after a WAIT_CLOSE. */
    boolean answersTooEarly;

    /** While true, nothing is answered. */
    boolean frozen;

    /** While true, nobody can connect. */
    boolean away;

    FakePooler(String name, String... entries) {
        this.name = name;
        this.entries.addAll(List.of(entries));
    }

    synchronized PoolerConsole open() {
        if (away) {
            throw new PoolerUnreachable(Reason.REFUSED, "Pooler " + name + " is away.", null);
        }
        FakeConsole console = new FakeConsole();
        consoles.add(console);
        return console;
    }

    synchronized void change(Runnable change) {
        change.run();
        notifyAll();
    }

    synchronized long openConsoles() {
        return consoles.stream().filter(console -> !console.cut).count();
    }

    synchronized boolean isPaused() {
        return !paused.isEmpty();
    }

    synchronized int looks() {
        return looks;
    }

    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    private Set<String> looked() {
        looks++;
        return entries;
    }

    final class FakeConsole implements PoolerConsole {

        private boolean cut;

        @Override
        public String pooler() {
            return name;
        }

        @Override
        public String version() {
            return "1.18.0";
        }

        @Override
        public List<DatabaseEntry> databases() {
            return answer(
                    "SHOW DATABASES",
                    () -> entries.stream()
                            .map(entry -> new DatabaseEntry(
                                    entry,
                                    "db",
                                    5432,
                                    entry,
                                    null,
                                    null,
                                    paused.contains(entry),
                                    false,
                                    0,
                                    minPoolSize))
                            .toList());
        }

        @Override
        public List<Pool> pools() {
            return answer(
                    "SHOW POOLS",
                    () -> looked().stream()
                            .map(entry -> new Pool(
                                    entry,
                                    "app",
                                    1,
                                    clientsWaiting,
                                    serversActive,
                                    serversReady,
                                    serversLoggingIn,
                                    Duration.ofMillis(clientsWaiting),
                                    "transaction"))
                            .toList());
        }

        @Override
        public List<ServerConnection> servers() {
            return answer("SHOW SERVERS", List::of);
        }

        @Override
        public Map<String, String> config() {
            return answer("SHOW CONFIG", () -> Map.copyOf(config));
        }

        @Override
        public Map<String, String> state() {
            return answer("SHOW STATE", Map::of);
        }

        @Override
        public Set<String> consoles() {
            return answer("SHOW CLIENTS", Set::of);
        }

        @Override
        public PoolerProcess process() {
            return answer("SHOW PEERS", () -> new PoolerProcess(name, false, 0, List.of()));
        }

        @Override
        public void pause(String entry) {
            synchronized (FakePooler.this) {
                await(() -> !networkHolds);
                commands.add("PAUSE " + entry);
                paused.add(entry);
                await(() -> answersTooEarly || (serversActive == 0 && paused.contains(entry)));
            }
        }

        @Override
        public boolean resume(String entry) {
            return answer("RESUME " + entry, () -> paused.remove(entry));
        }

        @Override
        public void reload() {
            answer("RELOAD", () -> true);
        }

        @Override
        public void set(String setting, String value) {
            answer("SET " + setting + "=" + value, () -> {
                config.put(setting, value);
                // What a shorter server_login_retry is for.
                serversLoggingIn = 1;
                return true;
            });
        }

        @Override
        public void abort() {
            change(() -> cut = true);
        }

        @Override
        public void close() {
            abort();
        }

        private <T> T answer(String command, java.util.function.Supplier<T> answer) {
            synchronized (FakePooler.this) {
                if (!command.startsWith("SHOW")) {
                    commands.add(command);
                }
                await(() -> !frozen);
                return answer.get();
            }
        }

        private void await(java.util.function.BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                requireConnected();
                try {
                    FakePooler.this.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError("A console was interrupted, which would tear its connection", e);
                }
            }
            requireConnected();
        }

        private void requireConnected() {
            if (cut) {
                throw new PoolerUnreachable(Reason.LOST, "The connection to pooler " + name + " was lost.", null);
            }
        }
    }
}
