package dev.upshift.matrix;

import dev.upshift.matrix.Transaction.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who writes whenever he can, one step a moment: begins a transaction, commits it. His connection to the server
 * lasts until it is ended, and may write or not as the database was when it began.
 */
final class Client {

    private final String name;
    private final Kind kind;
    private final Route route;
    private final Ledger ledger;
    private @Nullable Connection connection;
    private int writes;

    Client(String name, Kind kind, Route route, Ledger ledger) {
        this.name = name;
        this.kind = kind;
        this.route = route;
        this.ledger = ledger;
    }

    String name() {
        return name;
    }

    /** Does what comes next. */
    void step() {
        Optional<Destination> destination = route.now();
        if (destination.isEmpty()) {
            return; // held
        }
        Connection open = connected(destination.get());
        if (open == null || !open.mayWrite) {
            ledger.errors++;
            return;
        }
        Database database = destination.get().database();
        Transaction mine = database.transactionOf(name);
        if (mine == null) {
            begin(destination.get());
        } else {
            database.open.remove(mine);
            commit(destination.get(), mine.row());
        }
    }

    private void begin(Destination destination) {
        ledger.handOut(destination.server(), destination.database(), sequence(++writes));
        destination.database().open.add(new Transaction(name, name + "-" + writes, kind));
    }

    private static String sequence(int number) {
        if (number % 16 == 5) {
            return Shop.TIGHT;
        }
        if (number % 8 == 2) {
            return Shop.CYCLING;
        }
        if (number % 4 == 3) {
            return Shop.COUNTDOWN;
        }
        return number % 4 == 0 && number > 40 ? Shop.FRESH : Shop.ORDER;
    }

    private void commit(Destination destination, String row) {
        if (!destination.server().insert(destination.database(), Shop.ORDERS, row)) {
            ledger.violate("duplicate key " + row + " on the "
                    + destination.server().side.word());
        }
        destination.server().flush();
        ledger.acknowledge(destination.database().name, row);
    }

    /** Where a write of now would be accepted; null where none would. */
    @Nullable Server accepting() {
        Optional<Destination> now = route.now();
        if (now.isEmpty()) {
            return null;
        }
        Destination destination = now.get();
        Connection open = connection;
        boolean accepted = destination.database().letsNewSessionsWrite();
        if (open != null && open.lives(destination)) {
            accepted = open.mayWrite;
        }
        return accepted ? destination.server() : null;
    }

    private @Nullable Connection connected(Destination destination) {
        Connection open = connection;
        if (open == null || !open.lives(destination)) {
            if (open != null) {
                open.destination
                        .database()
                        .open
                        .removeIf(transaction -> transaction.client().equals(name));
            }
            open = destination.database().letsClientsIn()
                    ? new Connection(
                            destination,
                            destination.database().ended,
                            destination.database().letsNewSessionsWrite())
                    : null;
            connection = open;
        }
        return open;
    }

    /** Where a client is led. */
    interface Route {
        /** Empty while he is held. */
        Optional<Destination> now();
    }

    /** @param generation of whatever is in between; a new one means a new connection */
    record Destination(Server server, Database database, int generation) {}

    private record Connection(Destination destination, int ended, boolean mayWrite) {
        boolean lives(Destination wanted) {
            return destination.generation() == wanted.generation()
                    && destination.database() == wanted.database()
                    && destination.server() == wanted.server()
                    && ended == wanted.database().ended;
        }
    }
}
