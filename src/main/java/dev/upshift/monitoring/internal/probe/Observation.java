package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.project.Project;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was asked for one sample, answered or not.
 *
 * @param project as it was when the sample was taken
 * @param at when the sampling ended
 * @param databases one answer per side and database of the project
 * @param poolers one answer per pooler, by name
 * @param inventory the tables at the serving side by database, as last read; a database may be missing
 * @param drift how the schemas differ by database, as last compared; a database may be missing
 */
public record Observation(
        Project project,
        Instant at,
        Map<SideDatabase, Answer<DatabaseReading>> databases,
        Map<String, Answer<PoolerReading>> poolers,
        Map<String, List<TableFacts>> inventory,
        Map<String, DriftReading> drift) {

    /** The direction that matters now: away from the side that clients use. */
    public Direction currentDirection() {
        return project.servingSide().outbound();
    }

    public Optional<DatabaseReading> reading(Side side, String database) {
        Answer<DatabaseReading> answer = databases.get(new SideDatabase(side, database));
        return answer == null ? Optional.empty() : answer.given();
    }

    /** The readings of a side's databases that answered. */
    public List<DatabaseReading> readings(Side side) {
        return project.databases().stream()
                .flatMap(database -> reading(side, database).stream())
                .toList();
    }

    public boolean answered(Side side) {
        return readings(side).size() == project.databases().size();
    }

    /** Why a side did not answer; empty if it did. */
    public List<String> silence(Side side) {
        return databases.entrySet().stream()
                .filter(entry -> entry.getKey().side() == side)
                .flatMap(entry -> reason(entry.getValue()).stream())
                .distinct()
                .toList();
    }

    /** Why a pooler did not answer; empty if it did. */
    public Optional<String> silence(String pooler) {
        return Optional.ofNullable(poolers.get(pooler)).flatMap(Observation::reason);
    }

    private static Optional<String> reason(Answer<?> answer) {
        return switch (answer) {
            case Answer.Given<?> given -> Optional.empty();
            case Answer.Missing<?>(String reason) -> Optional.of(reason);
        };
    }

    /** A database on one side. */
    public record SideDatabase(Side side, String database) {}
}
