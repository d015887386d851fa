package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ReplicaTrigger;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * No trigger of the application fires for what replication brings, on either side, because each subscribes at some time.
 * The publisher has fired them, too, or never should have: what they write is there twice, or on one side only.
 *
 * @param databases those that a side has already
 */
public record AlwaysTriggers(BiFunction<Inspection, Side, List<String>> databases) implements Check<Inspection> {

    private static final String MEANING =
            "A row that it writes there may come from the other side as well, and is there twice or stops replication by its"
                    + " key; what it changes or keeps out differs from then on; and behind the fence whatever it writes stops"
                    + " replication at once.";

    /** Of all databases of the project, on both sides. */
    public AlwaysTriggers() {
        this((inspected, side) -> inspected.project().databases());
    }

    @Override
    public String id() {
        return "always-triggers";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public Optional<Acceptance> acceptance() {
        return Optional.of(Acceptance.ALWAYS_TRIGGERS);
    }

    @Override
    public String fine(Inspection inspected) {
        return "No trigger fires for what replication brings.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return CheckResult.of(Stream.of(Side.values())
                .flatMap(side -> databases.apply(inspected, side).stream()
                        .flatMap(database -> findings(
                                inspected.project(),
                                inspected.servers().catalog(),
                                side,
                                database,
                                inspected.on(side, database))
                                .stream()))
                .toList());
    }

    /** Those of one database; none if the project accepts them. */
    public static List<Finding> unaccepted(
            Project project, Catalog catalog, Side side, String database, PostgresSession session) {
        return project.settings().accepts(Acceptance.ALWAYS_TRIGGERS)
                ? List.of()
                : findings(project, catalog, side, database, session);
    }

    /** One finding for all that have the same remedy. */
    private static List<Finding> findings(
            Project project, Catalog catalog, Side side, String database, PostgresSession session) {
        List<ReplicaTrigger> triggers = catalog.replicaTriggers(session);
        List<Finding> findings = new ArrayList<>();
        for (boolean always : List.of(true, false)) {
            List<ReplicaTrigger> alike = triggers.stream()
                    .filter(trigger -> trigger.always() == always)
                    .toList();
            if (!alike.isEmpty()) {
                findings.add(finding(project, Place.on(side, database), always, alike));
            }
        }
        return findings;
    }

    private static Finding finding(Project project, Place place, boolean always, List<ReplicaTrigger> triggers) {
        boolean one = triggers.size() == 1;
        List<String> names = triggers.stream().map(ReplicaTrigger::name).toList();
        return new Finding(
                place,
                names,
                "%s, which %s ENABLE %s, %s for what replication brings there. %s"
                        .formatted(
                                Names.some(names),
                                one ? "is" : "are",
                                always ? "ALWAYS" : "REPLICA",
                                one ? "fires" : "fire",
                                MEANING),
                "%s%s, on both sides, until the upgrade is over."
                        .formatted(
                                FencedStatements.one(
                                        project.phase().leavesAFence(),
                                        triggers.getFirst().remedy()),
                                one ? "" : ", and likewise for the others"));
    }
}
