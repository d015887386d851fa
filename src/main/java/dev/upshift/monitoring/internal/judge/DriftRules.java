package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.internal.probe.DriftReading;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.postgres.schema.SchemaDrift.Effect;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the schema of the side that follows is still that of the side that serves. */
final class DriftRules implements Rule {

    private static final int MOST_NAMES = 5;

    /** A comparison may meet an object that is being dropped. */
    private static final Duration FAILING = Duration.ofMinutes(3);

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        return evidence.drift().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> conditions(
                        entry.getKey(),
                        entry.getValue(),
                        evidence.project().servingSide().other(),
                        evidence.project().phase().leavesAFence()));
    }

    private static Stream<Condition> conditions(String database, DriftReading drift, Side follower, boolean fenced) {
        List<Difference> stopping = drift.differences().stream()
                .filter(Difference::stopsReplication)
                .toList();
        List<Difference> wayBack =
                drift.differences().stream().filter(Difference::stopsWayBack).toList();
        List<Difference> others = drift.differences().stream()
                .filter(difference -> difference.effect() == Effect.STAYS)
                .toList();
        Stream<Condition> stops = stopping.isEmpty()
                ? Stream.empty()
                : Stream.of(Condition.atOnce(
                        "schema:" + database + ":stops",
                        Health.CRITICAL,
                        "%s: The next row of what was changed stops replication until the %s has it as well: %s"
                                .formatted(
                                        database,
                                        follower.word(),
                                        stopping.stream()
                                                        .limit(MOST_NAMES)
                                                        .map(difference -> difference.sentence(follower, fenced))
                                                        .collect(Collectors.joining(" "))
                                                + more(stopping))));
        Stream<Condition> stopsWayBack = wayBack.isEmpty()
                ? Stream.empty()
                : Stream.of(Condition.atOnce(
                        "schema:" + database + ":way-back",
                        Health.WARNING,
                        "%s: Once clients are on the %s, replication back would stop at what only that side has or takes, so"
                                        .formatted(database, follower.word())
                                + " that a plan of going there is blocked before both are alike: "
                                + some(wayBack)));
        Stream<Condition> differs = others.isEmpty()
                ? Stream.empty()
                : Stream.of(Condition.atOnce(
                        "schema:" + database + ":differs",
                        Health.WARNING,
                        "%s: The schemas differ: %s Make the %s the same, or it stays different when clients are there."
                                .formatted(database, some(others), follower.word())));
        String failure = drift.failure();
        Stream<Condition> unknown = failure == null
                ? Stream.empty()
                : Stream.of(Condition.after(
                        FAILING,
                        "schema:" + database + ":unknown",
                        Health.WARNING,
                        "%s: Whether both schemas are still the same cannot be told: %s".formatted(database, failure)));
        return Stream.of(stops, stopsWayBack, differs, unknown).flatMap(conditions -> conditions);
    }

    private static String some(List<Difference> differences) {
        return differences.stream().limit(MOST_NAMES).map(Difference::text).collect(Collectors.joining("; ", "", "."))
                + more(differences);
    }

    private static String more(List<Difference> differences) {
        return differences.size() > MOST_NAMES
                ? " And %d more; the plan of a switch names them.".formatted(differences.size() - MOST_NAMES)
                : "";
    }
}
