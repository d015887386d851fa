package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** No role may write on the side that is left in spite of its fence, by a setting of its own. */
final class FenceOverrides implements Check<Switch> {

    @Override
    public String id() {
        return "fence-overrides";
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
        return "No role may write on the %s in spite of its fence; what a session sets for itself is not known before."
                .formatted(sw.from().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        boolean hard = sw.project().settings().hardFence();
        return sw.everyDatabase(database -> findings(sw, database, FencePassages.known(sw, database), hard));
    }

    /** @param hard whether only superusers get in */
    static List<Finding> findings(Switch sw, String database, List<Passage> seen, boolean hard) {
        List<Passage> passing = seen.stream()
                .filter(one -> one.kind() == Passage.Kind.ROLE)
                .filter(one -> !hard || one.superuser())
                .toList();
        if (passing.isEmpty()) {
            return List.of();
        }
        List<String> roles = passing.stream().map(Passage::name).toList();
        String resets = ReadOnlySetting.few(passing.stream()
                .map(one -> one.inThisDatabase()
                        ? ReadOnlySetting.reset(one.name(), database)
                        : ReadOnlySetting.reset(one.name())));
        String off = "because %s is off for them.".formatted(ReadOnlySetting.NAME);
        return List.of(new Finding(
                Place.on(sw.from(), database),
                roles,
                hard
                        ? "even behind the hard fence, the superusers %s may sign in and write, %s"
                                .formatted(Names.some(roles), off)
                        : "%s may write in spite of the soft fence, %s".formatted(Names.some(roles), off),
                "Take their setting back there (%s)%s or accept that they can."
                        .formatted(resets, hard ? "," : ", choose the hard fence,")));
    }
}
