package dev.upshift.matrix;

import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One database of a server. */
final class Database {
    final String name;

    /** Stays when it is renamed. */
    final long oid;

    final Map<TableName, Set<String>> tables = new TreeMap<>();
    final Map<String, SequenceValue> sequences = new TreeMap<>();
    final Map<String, List<TableName>> publications = new TreeMap<>();
    final Map<String, Subscription> subscriptions = new TreeMap<>();
    final Set<String> heldBackObjects = new TreeSet<>();

    /** Tables whose columns somebody changed, in the order of it. */
    final List<TableName> columnChanges = new ArrayList<>();

    /** Grows when somebody alters a publication and puts it back. */
    int alterations;

    /** Grows when somebody takes tables out of a publication and puts them back. */
    int entry;

    /** Triggers that fire for what is applied. */
    final Set<String> replicaTriggers = new TreeSet<>();

    /** Sessions that our role may not end. */
    final List<ClientSession> unendable = new ArrayList<>();

    /** Whose open transactions hold what is set for the database. */
    final List<SettingsHolder> holders = new ArrayList<>();

    final List<Transaction> open = new ArrayList<>();
    FenceState fence = new FenceState(null, -1);
    boolean helperSchema;
    boolean analyzed;

    /** Grows whenever the sessions of clients are ended, so that they notice. */
    int ended;

    Database(String name) {
        this.name = name;
        this.oid = 16_384L + Math.floorMod(name.hashCode(), 100_000);
    }

    void createTable(TableName table) {
        tables.put(table, new LinkedHashSet<>());
    }

    /** Whether this client has a transaction open. */
    boolean hasOpen(String client) {
        return transactionOf(client) != null;
    }

    @Nullable Transaction transactionOf(String client) {
        for (Transaction transaction : open) {
            if (transaction.client().equals(client)) {
                return transaction;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return tables.isEmpty() && sequences.isEmpty();
    }

    /** Whether a session that begins now may write; one that began before is another matter. */
    boolean letsNewSessionsWrite() {
        return fence.isOpen();
    }

    boolean letsClientsIn() {
        return fence.connectionLimit() != 0;
    }

    /** Hands the next value out, as {@code nextval} does. */
    long next(String sequence) {
        SequenceValue now = sequences.get(sequence);
        long value = now.called() ? now.lastValue() + now.increment() : now.lastValue();
        if (now.cycles() && value > now.maximum()) {
            value = now.minimum();
        }
        sequences.put(
                sequence,
                new SequenceValue(
                        now.schema(),
                        now.name(),
                        value,
                        true,
                        now.increment(),
                        now.minimum(),
                        now.maximum(),
                        now.cycles()));
        return value;
    }
}
