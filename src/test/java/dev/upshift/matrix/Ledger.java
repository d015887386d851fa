package dev.upshift.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What clients were told, and what must never have been. */
final class Ledger {

    /** Rows whose commit was acknowledged, by database. */
    final Map<String, Set<String>> acknowledged = new HashMap<>();

    final List<String> violations = new ArrayList<>();

    /** Clients that were refused or cut off. */
    int errors;

    private final Map<String, Set<Long>> handedOut = new HashMap<>();
    private final Map<String, Long> lastOfCycle = new HashMap<>();

    private final Map<String, Integer> counts = new HashMap<>();

    /** How many writes of this client were acknowledged. */
    int count(String client) {
        return counts.getOrDefault(client, 0);
    }

    void acknowledge(String database, String row) {
        counts.merge(row.substring(0, row.lastIndexOf('-')), 1, Integer::sum);
        acknowledged.computeIfAbsent(database, key -> new LinkedHashSet<>()).add(row);
    }

    Set<String> acknowledged(String database) {
        return acknowledged.getOrDefault(database, Set.of());
    }

    /** A sequence handed out a value; one that cycles must go on where it was. */
    void handOut(Server server, Database database, String sequence) {
        long value = database.next(sequence);
        String key = database.name + "." + sequence;
        if (sequence.equals(Shop.CYCLING)) {
            Long last = lastOfCycle.put(key, value);
            if (last != null && value != (last == 10 ? 1 : last + 1)) {
                violate(handedOut(server, database, sequence, value) + " after " + last);
            }
        } else if (!handedOut.computeIfAbsent(key, name -> new HashSet<>()).add(value)) {
            violate(handedOut(server, database, sequence, value) + " for the second time");
        }
    }

    private static String handedOut(Server server, Database database, String sequence, long value) {
        return "%s of %s handed out %d on the %s".formatted(sequence, database.name, value, server.side.word());
    }

    void violate(String what) {
        if (violations.size() < 5) {
            violations.add(what);
        }
    }
}
