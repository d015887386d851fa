package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nothing writes on the side that is left that no fence stops: subscriptions of others, background workers. */
final class OtherWriters implements Check<Switch> {

    @Override
    public String id() {
        return "source-other-writers";
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
        return EnumSet.of(Moment.PLAN, Moment.FENCE);
    }

    @Override
    public Optional<Acceptance> acceptance() {
        return Optional.of(Acceptance.FENCE_OVERRIDES);
    }

    @Override
    public String fine(Switch sw) {
        return "No subscription of others and no background worker writes on the %s."
                .formatted(sw.from().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return sw.everyDatabase(database -> findings(sw, database, FencePassages.known(sw, database)));
    }

    static List<Finding> findings(Switch sw, String database, List<Passage> seen) {
        Place place = Place.on(sw.from(), database);
        List<Finding> found = new ArrayList<>();
        List<String> subscriptions = FencePassages.names(seen, Passage.Kind.SUBSCRIPTION);
        if (!subscriptions.isEmpty()) {
            found.add(new Finding(
                    place,
                    subscriptions,
                    "the subscriptions %s write there, which no fence stops.".formatted(Names.some(subscriptions)),
                    "Disable them for the switch (%s), and let the %s subscribe afterwards."
                            .formatted(disable(subscriptions), sw.to().word())));
        }
        List<String> workers = FencePassages.names(seen, Passage.Kind.WORKER);
        if (!workers.isEmpty()) {
            found.add(new Finding(
                    place,
                    workers,
                    "background workers run there and may write behind the fence: %s.".formatted(Names.some(workers)),
                    "Stop what they do for the switch."));
        }
        return found;
    }

    private static String disable(List<String> subscriptions) {
        return ReadOnlySetting.few(subscriptions.stream()
                .map(name -> "ALTER SUBSCRIPTION %s DISABLE;".formatted(FencedStatements.quoted(name))));
    }
}
