package dev.upshift.check.internal;

import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.project.InvalidProject.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which versions go together. */
final class VersionRules {

    private static final int OLDEST_SOURCE = 13;
    private static final int NEWEST_SOURCE = 17;
    private static final int NEWEST_TARGET = 18;

    /** The first that knows {@code scram_iterations} (PostgreSQL release notes, 16). */
    private static final int REPORTS_SCRAM_ITERATIONS = 16;

    private static final PoolerVersion OLDEST_POOLER = new PoolerVersion(1, 18);

    /** The first that tracks every parameter a server reports, for each client (PgBouncer changelog, 1.26). */
    private static final PoolerVersion TRACKS_ALL_PARAMETERS = new PoolerVersion(1, 26);

    private VersionRules() {}

    static List<FieldProblem> problems(@Nullable ServerFacts source, @Nullable ServerFacts target) {
        if (source != null && target != null && source.systemIdentifier() == target.systemIdentifier()) {
            return problem(
                    "target.host",
                    "Source and target are the same cluster. The target is another cluster, on a newer major version.");
        }
        if (source != null
                && (source.version().major() < OLDEST_SOURCE || source.version().major() > NEWEST_SOURCE)) {
            return problem(
                    "source.host",
                    "The source runs PostgreSQL %s; Upshift upgrades from %d to %d."
                            .formatted(source.version(), OLDEST_SOURCE, NEWEST_SOURCE));
        }
        if (target != null && target.version().major() > NEWEST_TARGET) {
            return problem(
                    "target.host",
                    "The target runs PostgreSQL %s; Upshift upgrades up to %d."
                            .formatted(target.version(), NEWEST_TARGET));
        }
        if (source != null
                && target != null
                && target.version().major() <= source.version().major()) {
            return problem(
                    "target.host",
                    "The source runs PostgreSQL %s and the target %s. The target must run a newer major version."
                            .formatted(source.version(), target.version()));
        }
        return List.of();
    }

    static List<FieldProblem> problems(
            String field, String pooler, @Nullable ServerFacts source, @Nullable ServerFacts target) {
        return PoolerVersion.parse(pooler)
                .map(version -> problems(field, version, source, target))
                .orElse(List.of());
    }

    private static List<FieldProblem> problems(
            String field, PoolerVersion pooler, @Nullable ServerFacts source, @Nullable ServerFacts target) {
        if (!pooler.isAtLeast(OLDEST_POOLER)) {
            return problem(
                    field,
                    "This is PgBouncer %s; Upshift needs %s or newer. Upgrade it first."
                            .formatted(pooler, OLDEST_POOLER));
        }
        // Clients that were on the target then ask the source for a parameter that it does not know, and are cut off.
        if (pooler.isAtLeast(TRACKS_ALL_PARAMETERS)
                && source != null
                && target != null
                && !source.version().isAtLeast(REPORTS_SCRAM_ITERATIONS)
                && target.version().isAtLeast(REPORTS_SCRAM_ITERATIONS)) {
            return problem(
                    field,
                    ("PgBouncer %s carries scram_iterations from PostgreSQL 16 and newer back to PostgreSQL %d, which"
                                    + " refuses it: after a rollback no client could work. Use PgBouncer %s to 1.25 until the"
                                    + " upgrade is finished.")
                            .formatted(pooler, source.version().major(), OLDEST_POOLER));
        }
        return List.of();
    }

    private static List<FieldProblem> problem(String field, String message) {
        return List.of(new FieldProblem(field, message));
    }
}
