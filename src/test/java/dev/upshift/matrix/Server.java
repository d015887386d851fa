package dev.upshift.matrix;

import dev.upshift.postgres.link.Links.Subscriber;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One cluster. Log positions count changes, from another number on for each side: they must not be mixed up. */
final class Server {
    final Side side;
    final int major;
    final Endpoint endpoint;
    final Map<String, Database> databases = new TreeMap<>();
    final Map<String, Slot> slots = new TreeMap<>();
    final Set<String> roles = new TreeSet<>();

    /** What our role may not do. */
    final Set<String> lacking = new TreeSet<>();

    /** Roles of others that may not connect. */
    final Set<String> shutOut = new TreeSet<>();

    /** Event triggers of the application that our sessions cannot keep off. */
    final Set<String> eventTriggers = new TreeSet<>();

    final List<Change> log = new ArrayList<>();
    final List<Session> sessions = new ArrayList<>();

    /** Connections of an earlier boot are broken. */
    int boot;

    private int lastPid = 100;

    private final long first;

    private boolean gone;

    /** How often somebody has to wait until it is back. */
    private int awayFor;

    /** Up to here the log is on disk. */
    private int flushed;

    Server(Side side, int major, Endpoint endpoint) {
        this.side = side;
        this.first = side == Side.SOURCE ? 1_000 : 500_000;
        this.major = major;
        this.endpoint = endpoint;
        databases.put("postgres", new Database("postgres"));
    }

    long systemIdentifier() {
        return 7_000_000_000_000_000_000L + major;
    }

    Subscriber asSubscriber(Database asked) {
        return new Subscriber(
                systemIdentifier(),
                asked.oid,
                databases.values().stream()
                        .flatMap(database -> database.subscriptions.values().stream())
                        .map(subscription -> subscription.oid)
                        .collect(Collectors.toSet()));
    }

    int nextPid() {
        return ++lastPid;
    }

    long end() {
        return first + log.size();
    }

    Change changeAt(long position) {
        return log.get((int) (position - first));
    }

    /** Whoever is connected to it is cut off. */
    void rename(String from, String to) {
        Database database = database(from);
        databases.remove(from);
        databases.put(to, database);
        restart();
    }

    Database database(String name) {
        Database database = databases.get(name);
        if (database == null) {
            throw new IllegalStateException("database \"" + name + "\" does not exist");
        }
        return database;
    }

    /** Commits a row; false if it is there already. */
    boolean insert(Database database, TableName table, String row) {
        Set<String> rows = database.tables.get(table);
        if (rows == null) {
            throw new IllegalStateException("relation \"" + table + "\" does not exist");
        }
        if (!rows.add(row)) {
            return false;
        }
        log.add(new Change(database.name, table, row));
        return true;
    }

    /** Takes the log to the disk, as every commit of a client does, and time does for those of apply workers. */
    void flush() {
        flushed = log.size();
        databases.values().forEach(database -> database.subscriptions.values().forEach(Subscription::flushed));
    }

    private void loseWhatWasNotFlushed() {
        while (log.size() > flushed) {
            Change lost = log.removeLast();
            Database database = databases.get(lost.database());
            if (database != null) {
                database.tables.getOrDefault(lost.table(), Set.of()).remove(lost.row());
            }
        }
        databases.values().forEach(database -> database.subscriptions.values().forEach(Subscription::crashed));
    }

    /** Crash, and start again only after somebody has waited so often. */
    void crash(int waits) {
        restart();
        awayFor = waits;
    }

    /** For good. */
    void vanish() {
        restart();
        gone = true;
    }

    /** Against all hope. */
    void appear() {
        gone = false;
    }

    boolean isAway() {
        return gone || awayFor > 0;
    }

    /** Somebody has waited. */
    void comeNearer() {
        awayFor = Math.max(0, awayFor - 1);
    }

    void comeBack() {
        awayFor = 0;
    }

    /** Crash and start again: connections and open transactions are gone, prepared transactions are not. */
    void restart() {
        loseWhatWasNotFlushed();
        boot++;
        databases.values().forEach(database -> {
            database.ended++;
            database.open.removeIf(transaction -> transaction.kind() != Transaction.Kind.PREPARED);
        });
        slots.values().forEach(Slot::forgetWhatWasNotCheckpointed);
    }
}
