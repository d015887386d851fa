package dev.upshift.switchover.internal.check.schema;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.postgres.schema.SchemaDrift.Effect;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.schema.ComparedSchemas.Compared;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Clients find on the side that is entered what they leave behind. What stops replication is let pass by nobody. Going
 * back waits for nothing else: it may be all that helps. But what would stop it from being taken back in turn, after
 * clients were moved, has to be accepted there, and is mended before a cutover.
 */
final class DriftedSchemas implements Check<Switch> {

    /** More than that is not read any more, and the page has to show it. */
    private static final int MOST_NAMES = 100;

    private static final String BY_HAND = "Make it the same on both sides.";

    private final SchemaDrift drift;

    DriftedSchemas(SchemaDrift drift) {
        this.drift = drift;
    }

    @Override
    public String id() {
        return "schema-drift";
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
        return Optional.of(Acceptance.SCHEMA_DRIFT);
    }

    @Override
    public String fine(Switch sw) {
        return "Both sides have the same schema, roles and settings.";
    }

    @Override
    public CheckResult look(Switch sw) {
        List<Compared> compared = ComparedSchemas.of(sw, drift).answer();
        boolean back = sw.from() == Side.TARGET;
        List<Finding> stopping = findings(sw, compared, Difference::stopsReplication);
        List<Finding> wayBack = findings(sw, compared, Difference::stopsWayBack);
        List<Finding> others = findings(sw, compared, difference -> difference.effect() == Effect.STAYS);
        List<Finding> all = Stream.of(
                        stopping.stream().map(Finding::acceptedByNobody),
                        wayBack.stream().map(back ? finding -> finding : Finding::acceptedByNobody),
                        others.stream())
                .flatMap(which -> which)
                .toList();
        if (all.isEmpty()) {
            List<Finding> usual = findings(sw, compared, Difference::usual);
            return usual.isEmpty()
                    ? new Passed()
                    : new Passed("Only said: "
                            + String.join(
                                    " ",
                                    usual.stream().map(DriftedSchemas::remark).toList()));
        }
        return back && all.size() == others.size()
                ? new NotApplicable("Going back does not wait for what is different: " + Finding.words(others))
                : new Found(all);
    }

    private static List<Finding> findings(Switch sw, List<Compared> compared, Predicate<Difference> which) {
        return compared.stream()
                .flatMap(
                        one -> findings(
                                sw,
                                one.database(),
                                one.differences().stream().filter(which).toList())
                                .stream())
                .toList();
    }

    private static List<Finding> findings(Switch sw, String database, List<Difference> differences) {
        boolean fenced = sw.fence().before(sw.to(), database).isPresent();
        List<Finding> found = new ArrayList<>(differences.stream()
                .limit(MOST_NAMES)
                .map(difference -> finding(sw.to(), database, difference, fenced))
                .toList());
        int more = differences.size() - found.size();
        if (more > 0) {
            found.add(new Finding(
                    Place.onBoth(database),
                    List.of(),
                    "and %d more differences.".formatted(more),
                    "They are named when these are mended."));
        }
        return found;
    }

    /** Nobody is asked to make the same what an upgrade brings along. */
    private static String remark(Finding usual) {
        return usual.remedy().equals(BY_HAND) ? usual.seen() : usual.sentence();
    }

    private static Finding finding(Side follower, String database, Difference difference, boolean fenced) {
        return new Finding(
                Place.onBoth(database),
                List.of(difference.object()),
                difference.text() + ".",
                difference
                        .statement(fenced)
                        .map(statement -> "On the %s: %s;".formatted(follower.word(), statement))
                        .orElse(BY_HAND));
    }
}
