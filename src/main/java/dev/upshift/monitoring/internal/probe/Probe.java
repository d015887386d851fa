package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.internal.probe.Observation.SideDatabase;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Asks everybody that one sample needs, all at once, with one deadline. A failure is a value: this never throws for
 * anything that a server does.
 */
final class Probe {

    /** Exists on the target before the schema is copied, when the project's databases do not. */
    private static final String MAINTENANCE_DATABASE = "postgres";

    private final Connections connections;
    private final Inventory inventory;
    private final DriftLook drift;
    private final Together together;
    private final Duration timeout;
    private final Clock clock;

    Probe(
            Connections connections,
            Inventory inventory,
            DriftLook drift,
            Together together,
            Duration timeout,
            Clock clock) {
        this.connections = connections;
        this.inventory = inventory;
        this.drift = drift;
        this.together = together;
        this.timeout = timeout;
        this.clock = clock;
    }

    Observation observe(Project project) {
        Instant begin = clock.instant();
        inventory.refresh(project);
        Supplier<Map<SideDatabase, Answer<DatabaseReading>>> databases = together.ask(databases(project), timeout);
        Supplier<Map<String, Answer<PoolerReading>>> poolers = together.ask(poolers(project), timeout);
        Map<SideDatabase, Answer<DatabaseReading>> seen = perDatabase(project, databases.get());
        Map<String, Answer<PoolerReading>> seenPoolers = poolers.get();
        Duration left = timeout.minus(Duration.between(begin, clock.instant()));
        Map<String, List<TableFacts>> tables = inventory.tables(left);
        return new Observation(project, now(), seen, seenPoolers, tables, drift.seen(project));
    }

    /** As exactly as a database keeps it, so that a sample has one time wherever it is read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Map<SideDatabase, Question<DatabaseReading>> databases(Project project) {
        Map<SideDatabase, Question<DatabaseReading>> questions = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            for (String database : askedDatabases(project, side)) {
                questions.put(new SideDatabase(side, database), connections.database(project, side, database));
            }
        }
        return questions;
    }

    private Map<String, Question<PoolerReading>> poolers(Project project) {
        Map<String, Question<PoolerReading>> questions = new LinkedHashMap<>();
        for (PoolerAddress pooler : project.poolers()) {
            questions.put(pooler.name(), connections.pooler(project, pooler));
        }
        return questions;
    }

    /** Before the schema is copied, the target need not have the databases, and no session may keep them in use. */
    private static List<String> askedDatabases(Project project, Side side) {
        return project.phase() == Phase.DRAFT && side == Side.TARGET
                ? List.of(MAINTENANCE_DATABASE)
                : project.databases();
    }

    private static Map<SideDatabase, Answer<DatabaseReading>> perDatabase(
            Project project, Map<SideDatabase, Answer<DatabaseReading>> asked) {
        Map<SideDatabase, Answer<DatabaseReading>> answers = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            List<String> askedDatabases = askedDatabases(project, side);
            for (String database : project.databases()) {
                SideDatabase key = new SideDatabase(
                        side, askedDatabases.contains(database) ? database : askedDatabases.getFirst());
                Answer<DatabaseReading> answer = asked.get(key);
                if (answer != null) {
                    answers.put(new SideDatabase(side, database), answer);
                }
            }
        }
        return answers;
    }
}
