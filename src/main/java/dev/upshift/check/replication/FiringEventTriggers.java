package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.EventTriggers.EventTrigger;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * No statement of ours fires an event trigger of the application that our sessions cannot keep off.
 *
 * @param commands ours, by their tags
 * @param severity only told where nothing runs yet that could be stopped
 * @param databases those of a side whose event triggers matter
 */
public record FiringEventTriggers(
        Set<String> commands, Severity severity, BiFunction<Inspection, Side, List<String>> databases)
        implements Check<Inspection> {

    private static final String MEANING =
            "A row that it writes may stop replication, and an error that it raises stops us, also after the point of no"
                    + " return.";

    /** Of all databases of the project, on both sides, where such a one would stop us. */
    public FiringEventTriggers(Set<String> commands) {
        this(
                commands,
                Severity.BLOCKER,
                (inspected, side) -> inspected.project().databases());
    }

    @Override
    public String id() {
        return "event-triggers";
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN, Moment.FENCE);
    }

    /** What is only told needs nobody to accept it. */
    @Override
    public Optional<Acceptance> acceptance() {
        return severity == Severity.BLOCKER ? Optional.of(Acceptance.EVENT_TRIGGERS) : Optional.empty();
    }

    @Override
    public String fine(Inspection inspected) {
        return "No event trigger of the application fires on our statements.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return CheckResult.of(Stream.of(Side.values())
                .flatMap(side -> databases.apply(inspected, side).stream()
                        .flatMap(database -> finding(
                                inspected.project(),
                                inspected.servers().eventTriggers(),
                                side,
                                database,
                                inspected.on(side, database),
                                commands)
                                .stream()))
                .toList());
    }

    /** What fires in a session with this database, and what to do about it; empty when nothing does. */
    public static Optional<Finding> finding(
            Project project,
            EventTriggers triggers,
            Side side,
            String database,
            PostgresSession session,
            Set<String> commands) {
        List<EventTrigger> firing = triggers.firing(session, commands);
        return firing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(side, database),
                        firing.stream().map(EventTrigger::toString).toList(),
                        "our statements fire %s. %s".formatted(Names.some(firing), MEANING),
                        "%s; on both sides, until the upgrade is over."
                                .formatted(FencedStatements.one(
                                        project.phase().leavesAFence(),
                                        firing.getFirst().remedy()))));
    }
}
