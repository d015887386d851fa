package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.internal.judge.LinkEvidence.End;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Direction;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the link that the phase promises exists for every database, and never two that feed each other. */
final class DirectionRules implements Rule {

    /** Longer than a switch is between dropping one link and making the other. */
    private static final Duration SWITCH = Duration.ofSeconds(30);

    @Override
    public Stream<Condition> examine(Evidence evidence) {
        return evidence.project().databases().stream()
                .flatMap(database -> Stream.concat(missing(evidence, database), loop(evidence, database)));
    }

    private static Stream<Condition> missing(Evidence evidence, String database) {
        Project project = evidence.project();
        Direction direction = evidence.currentDirection();
        Set<String> linked = evidence.linksOf(direction).stream()
                .map(link -> link.sample().database())
                .collect(Collectors.toSet());
        boolean known = evidence.answered(direction.from()) && evidence.answered(direction.to());
        if (!known || linked.contains(database) || !promisesLink(project.phase())) {
            return Stream.empty();
        }
        return Stream.of(Condition.after(
                SWITCH,
                "missing:" + database,
                Health.CRITICAL,
                "Database %s has no %s link, neither slot nor subscription: what is written on the %s does not reach the %s."
                                .formatted(
                                        database,
                                        direction.word(),
                                        direction.from().word(),
                                        direction.to().word())
                        + (direction == Direction.REVERSE ? " There is no way back." : "")));
    }

    private static Stream<Condition> loop(Evidence evidence, String database) {
        boolean both = Stream.of(Direction.values())
                .allMatch(direction -> evidence.linksOf(direction).stream()
                        .anyMatch(link -> link.sample().database().equals(database)
                                && link.subscriber() == End.PRESENT
                                && link.sample().enabled()));
        return both
                ? Stream.of(Condition.atOnce(
                        "loop:" + database,
                        Health.CRITICAL,
                        "Both links of database %s are enabled: changes can run in circles. Disable the subscription on the %s at once."
                                .formatted(
                                        database,
                                        evidence.project().servingSide().word())))
                : Stream.empty();
    }

    private static boolean promisesLink(Phase phase) {
        return switch (phase) {
            case REPLICATING, CUT_OVER, ROLLED_BACK -> true;
            case DRAFT, SCHEMA_COPIED, FINISHED, ABANDONED -> false;
        };
    }
}
