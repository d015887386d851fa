package dev.upshift.matrix;

import dev.upshift.matrix.Client.Destination;
import dev.upshift.matrix.Transaction.Kind;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All clients: through every entry of every pooler, one with a connection of its own, and a background worker. */
final class Traffic {

    private final World world;
    private final List<Client> pooled = new ArrayList<>();
    private final List<Client> direct = new ArrayList<>();
    private int workers;
    private boolean quiet;

    /** Where the clients that do not use a pooler are. */
    private Side home = Side.SOURCE;

    Traffic(World world) {
        this.world = world;
        for (Pooler pooler : world.poolers) {
            for (String entry : Shop.ENTRIES) {
                pooled.add(new Client(
                        pooler.name() + "/" + entry, Kind.POOLED, () -> through(pooler, entry), world.ledger));
            }
        }
        for (String database : world.project().databases()) {
            direct.add(new Client("direct/" + database, Kind.DIRECT, () -> directly(home, database), world.ledger));
        }
    }

    void atHome(Side side) {
        home = side;
    }

    private Optional<Destination> through(Pooler pooler, String name) {
        Entry entry = pooler.entries.get(name);
        if (entry == null) {
            world.ledger.violate(pooler.name() + " has lost its entry " + name);
            return Optional.empty();
        }
        Server server = world.at(entry.host());
        return pooler.paused.contains(name) || server.isAway()
                ? Optional.empty()
                : Optional.of(new Destination(server, server.database(entry.database()), pooler.restarts));
    }

    /** Somebody comes to a side past the poolers; answers his name. */
    String comesTo(Side side, String database) {
        Client client = new Client("stray/" + database, Kind.DIRECT, () -> directly(side, database), world.ledger);
        direct.add(client);
        return client.name();
    }

    private Optional<Destination> directly(Side side, String database) {
        Server server = world.server(side);
        return server.isAway()
                ? Optional.empty()
                : Optional.of(new Destination(server, server.database(database), server.boot));
    }

    /** The names of the clients that come through poolers. */
    List<String> pooled() {
        return pooled.stream().map(Client::name).toList();
    }

    /** From here on nobody begins anything. */
    void beQuiet() {
        quiet = true;
    }

    void goOn() {
        quiet = false;
    }

    /** Everybody does one thing. */
    void step() {
        if (quiet) {
            return;
        }
        pooled.forEach(Client::step);
        direct.forEach(Client::step);
        work();
        Server accepting = null;
        for (Client client : pooled) {
            Server now = client.accepting();
            if (now != null && accepting != null && now != accepting) {
                world.ledger.violate("both sides accept writes of clients");
            }
            accepting = now == null ? accepting : now;
        }
    }

    /** A background worker begins while it may, and commits only as time passes. */
    private void work() {
        if (world.server(home).isAway()) {
            return;
        }
        for (String name : world.project().databases()) {
            Database database = world.server(home).database(name);
            if (database.letsNewSessionsWrite() && !database.hasOpen("worker")) {
                database.open.add(new Transaction("worker", "worker-" + ++workers, Kind.WORKER));
            }
        }
    }

    void timePasses() {
        world.servers()
                .forEach(server -> server.databases.values().forEach(database -> {
                    List<Transaction> ready = database.open.stream()
                            .filter(transaction -> transaction.kind() == Kind.WORKER)
                            .toList();
                    ready.forEach(transaction -> {
                        database.open.remove(transaction);
                        server.insert(database, Shop.ORDERS, transaction.row());
                        server.flush();
                        world.ledger.acknowledge(database.name, transaction.row());
                    });
                }));
        // who waits for PAUSE has its transaction ended; who is held does nothing
        world.poolers.forEach(pooler -> pooler.paused.forEach(entry -> finish(pooler, entry)));
    }

    private void finish(Pooler pooler, String name) {
        Entry entry = pooler.entries.get(name);
        Server server = world.at(entry.host());
        Database database = server.database(entry.database());
        List<Transaction> mine = database.open.stream()
                .filter(transaction -> transaction.client().equals(pooler.name() + "/" + name))
                .toList();
        mine.forEach(transaction -> {
            database.open.remove(transaction);
            server.insert(database, Shop.ORDERS, transaction.row());
            server.flush();
            world.ledger.acknowledge(database.name, transaction.row());
        });
    }

    /** Whether a transaction that came through this entry is open: PAUSE waits for it. */
    boolean isBusy(Pooler pooler, String entry) {
        return world.servers().stream()
                .flatMap(server -> server.databases.values().stream())
                .flatMap(database -> database.open.stream())
                .anyMatch(transaction -> transaction.client().equals(pooler.name() + "/" + entry));
    }
}
