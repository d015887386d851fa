package dev.upshift.matrix;

import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.project.Cluster;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The project that all of this is about, and what its databases hold. */
final class Shop {

    static final TableName ORDERS = new TableName("public", "orders");
    static final TableName STOCK = new TableName("public", "stock");

    /** Counts up with room; most values come from here. */
    static final String ORDER = "order_id";
    /** Counts down. */
    static final String COUNTDOWN = "countdown";
    /** Too close to its bound for the margin, so it has to be set exactly. */
    static final String TIGHT = "tight";
    /** Begins again after its end, so it has to be set exactly. */
    static final String CYCLING = "cycling";
    /** Was never called when the upgrade begins. */
    static final String FRESH = "fresh";

    /** What is built after the data. */
    static final List<String> HELD_BACK = List.of("index orders_at", "constraint stock_of_order");

    /** The poolers' entries that move. */
    static final List<String> ENTRIES = List.of("shop", "bills");

    private static final int MARGIN = 1_000;

    private Shop() {}

    static Project project(Phase phase, Side servingSide, boolean hardFence) {
        return new Project(
                7,
                "shop",
                "Shop 13 → 17",
                new Cluster(ExampleProjects.endpoint("db-old", 5432), null, null, 13),
                new Cluster(ExampleProjects.endpoint("db-new", 5432), null, null, 17),
                List.of("shop", "billing"),
                List.of(ExampleProjects.pooler("bouncer-a"), ExampleProjects.pooler("bouncer-b")),
                ProjectSettings.DEFAULTS
                        // waiting costs a second at least in this world
                        .with("pauseBudget", Duration.ofMinutes(5))
                        .with("sequenceMargin", MARGIN)
                        .with("hardFence", hardFence),
                phase,
                servingSide,
                1,
                ExampleProjects.CREATED,
                ExampleProjects.CREATED);
    }

    /** Entries of another name than the database, one that does not move, and comments. */
    static String configuration() {
        return """
                ; kept by hand
                [databases]
                shop = host=db-old port=5432 dbname=shop
                bills = host=db-old port=5432 dbname=billing pool_size=5
                elsewhere = host=db-other port=5432 dbname=shop

                [pgbouncer]
                pool_mode = transaction
                """;
    }

    static void createSchema(Database database) {
        database.createTable(ORDERS);
        database.createTable(STOCK);
        sequences().forEach(sequence -> database.sequences.put(sequence.name(), sequence));
    }

    private static Stream<SequenceValue> sequences() {
        return Stream.of(
                sequence(ORDER, 100, true, 1, 1, Long.MAX_VALUE, false),
                sequence(COUNTDOWN, -100, true, -1, Long.MIN_VALUE, -1, false),
                sequence(TIGHT, 8_600, true, 1, 1, 10_000, false),
                sequence(CYCLING, 7, true, 1, 1, 10, true),
                sequence(FRESH, 1, false, 1, 1, Long.MAX_VALUE, false));
    }

    private static SequenceValue sequence(
            String name, long last, boolean called, long increment, long minimum, long maximum, boolean cycles) {
        return new SequenceValue("public", name, last, called, increment, minimum, maximum, cycles);
    }
}
