package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.internal.probe.DatabaseReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.SubscriptionReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.TableReading;
import dev.upshift.monitoring.internal.probe.Observation;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what the publisher tells about the tables with how far the subscription has brought them, and with how
 * far they were in the sample before.
 */
final class TableHistory {

    private Map<String, Map<TableName, ObservedTable>> tables = new HashMap<>();
    private Map<String, List<TableProgress>> lastSeen = new HashMap<>();

    /** The tables of the current direction by database and name; as last seen where the subscriber does not answer. */
    List<TableProgress> read(Observation observation) {
        Map<String, Map<TableName, ObservedTable>> nextTables = new HashMap<>();
        Map<String, List<TableProgress>> seen = new HashMap<>();
        List<TableProgress> all = new ArrayList<>();
        for (String database : observation.project().databases()) {
            Map<TableName, ObservedTable> next = new HashMap<>();
            List<TableProgress> tables = read(observation, database, next);
            nextTables.put(database, next);
            seen.put(database, tables);
            all.addAll(tables);
        }
        tables = nextTables;
        lastSeen = seen;
        return List.copyOf(all);
    }

    private List<TableProgress> read(Observation observation, String database, Map<TableName, ObservedTable> next) {
        Side subscriber = observation.currentDirection().to();
        Map<TableName, TableFacts> facts = byName(observation.inventory().get(database), TableFacts::name);
        Optional<DatabaseReading> reading = observation.reading(subscriber, database);
        List<TableProgress> before = lastSeen.getOrDefault(database, List.of());
        if (reading.isEmpty() && !before.isEmpty()) {
            return before;
        }
        SubscriptionReading subscription =
                reading.map(DatabaseReading::subscription).orElse(null);
        Map<TableName, TableReading> subscribed =
                byName(subscription == null ? List.of() : subscription.tables(), TableReading::name);
        Map<TableName, ObservedTable> known = tables.getOrDefault(database, Map.of());
        return Stream.concat(facts.keySet().stream(), subscribed.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(name -> {
                    ObservedTable observed =
                            new ObservedTable(observation.at(), facts.get(name), subscribed.get(name), known.get(name));
                    next.put(name, observed);
                    return observed.progress(database, name, subscription != null && subscription.enabled());
                })
                .toList();
    }

    private static <T> Map<TableName, T> byName(@Nullable List<T> tables, Function<T, TableName> name) {
        return tables == null
                ? Map.of()
                : tables.stream().collect(Collectors.toMap(name, Function.identity(), (one, same) -> one));
    }
}
