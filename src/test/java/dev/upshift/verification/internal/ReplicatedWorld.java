package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.RowKey;
import dev.upshift.postgres.rows.ComparedRows.RowState;
import dev.upshift.postgres.rows.ComparedRows.TableSide;
import dev.upshift.postgres.rows.ComparedRows.Totals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table that is written all the time, and its replica that follows some writes behind: every look at either lets
 * the world move on by a random step. Replication can be made to lose a write.
 */
final class ReplicatedWorld {

    private final Random random;
    private final int writesPerLook;
    private final int keys;
    private final Map<Integer, RowState> published = new TreeMap<>();
    private final Map<Integer, RowState> subscribed = new TreeMap<>();
    private final List<Write> log = new ArrayList<>();
    private final Set<Integer> stuck = new HashSet<>();
    private @Nullable Integer toggledHere;
    private @Nullable Integer toggledThere;
    private int applied;
    private int versions;

    /** @param hotKeys only rows below are written; all others stay as they are from the start */
    ReplicatedWorld(long seed, int rows, int hotKeys, int writesPerLook) {
        this.random = new Random(seed);
        this.keys = hotKeys;
        this.writesPerLook = writesPerLook;
        for (int key = 0; key < rows; key++) {
            write(key, "start " + key);
        }
        applyUpTo(log.size());
    }

    /** One write that never reaches the replica. */
    synchronized void lose(int key, @Nullable String content) {
        write(key, content);
        log.removeLast();
    }

    /** One write on the replica that nobody made. */
    synchronized void forge(int key, String content) {
        subscribed.put(key, new RowState(content, "f" + versions++));
    }

    /** From now on writes of the row never reach the replica, and at every look it has been written to and fro. */
    synchronized void toggleAndLose(int key) {
        stuck.add(key);
        toggledHere = key;
    }

    /** From now on somebody writes the replica's row to and fro, which nobody writes at the publisher. */
    synchronized void toggleAtReplica(int key) {
        toggledThere = key;
    }

    synchronized void barrier() {
        moveOn();
        applyUpTo(log.size());
    }

    BothSides sides() {
        return new BothSides(new Look(published), new Look(subscribed));
    }

    private void moveOn() {
        if (toggledHere != null) {
            write(toggledHere, random.nextBoolean() ? "start " + toggledHere : "other");
        }
        if (toggledThere != null) {
            subscribed.put(
                    toggledThere,
                    new RowState(random.nextBoolean() ? "start " + toggledThere : "other", "s" + versions++));
        }
        int writes = writesPerLook == 0 ? 0 : random.nextInt(writesPerLook * 2);
        for (int i = 0; i < writes; i++) {
            int kind = random.nextInt(10);
            // Few contents, so that rows often come back to what they were.
            write(random.nextInt(keys), kind < 2 ? null : "content " + random.nextInt(3));
        }
        applyUpTo(applied + random.nextInt(log.size() - applied + 1));
    }

    private void write(int key, @Nullable String content) {
        if (content == null) {
            published.remove(key);
        } else {
            published.put(key, new RowState(content, "p" + versions++));
        }
        log.add(new Write(key, content));
    }

    private void applyUpTo(int position) {
        for (; applied < position; applied++) {
            Write write = log.get(applied);
            if (stuck.contains(write.key())) {
                continue;
            }
            if (write.content() == null) {
                subscribed.remove(write.key());
            } else {
                subscribed.put(write.key(), new RowState(write.content(), "s" + versions++));
            }
        }
    }

    private record Write(int key, @Nullable String content) {}

    private final class Look implements TableSide {

        private final Map<Integer, RowState> rows;

        Look(Map<Integer, RowState> rows) {
            this.rows = rows;
        }

        @Override
        public Totals totals() {
            return totals(seen(key -> true));
        }

        @Override
        public Map<Integer, Totals> buckets(int buckets) {
            Map<Integer, Map<RowKey, RowState>> split = new HashMap<>();
            seen(key -> true)
                    .forEach((key, state) -> split.computeIfAbsent(
                                    key.hashCode() & (buckets - 1), bucket -> new HashMap<>())
                            .put(key, state));
            Map<Integer, Totals> totals = new HashMap<>();
            split.forEach((bucket, content) -> totals.put(bucket, totals(content)));
            return totals;
        }

        @Override
        public Map<RowKey, RowState> rowsIn(Collection<Integer> some, int buckets) {
            return seen(key -> some.contains(key.hashCode() & (buckets - 1)));
        }

        @Override
        public Map<RowKey, RowState> rows(Collection<RowKey> keys) {
            return seen(keys::contains);
        }

        @Override
        public boolean wasWritten() {
            return true;
        }

        @Override
        public long mark() {
            synchronized (ReplicatedWorld.this) {
                return versions;
            }
        }

        @Override
        public Collection<RowKey> writtenSince(long mark, int most) {
            List<RowKey> written = new ArrayList<>();
            seen(key -> true).forEach((key, state) -> {
                if (Long.parseLong(state.version().substring(1)) >= mark) {
                    written.add(key);
                }
            });
            return written;
        }

        private Map<RowKey, RowState> seen(Predicate<RowKey> wanted) {
            synchronized (ReplicatedWorld.this) {
                moveOn();
                Map<RowKey, RowState> seen = new HashMap<>();
                rows.forEach((key, state) -> {
                    RowKey name = new RowKey(List.of(Integer.toString(key)));
                    if (wanted.test(name)) {
                        seen.put(name, state);
                    }
                });
                return seen;
            }
        }

        private static Totals totals(Map<RowKey, RowState> content) {
            long hash = content.entrySet().stream()
                    .mapToLong(row -> Objects.hash(row.getKey(), row.getValue().content()) * 0x9E3779B97F4A7C15L)
                    .sum();
            return new Totals(content.size(), Long.toString(hash));
        }
    }
}
