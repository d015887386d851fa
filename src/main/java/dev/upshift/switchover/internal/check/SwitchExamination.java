package dev.upshift.switchover.internal.check;

import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.replication.FiringEventTriggers;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.PoolerDifference;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.switchover.internal.check.fence.FenceChecks;
import dev.upshift.switchover.internal.check.link.LinkChecks;
import dev.upshift.switchover.internal.check.pooler.PoolerChecks;
import dev.upshift.switchover.internal.check.role.RoleChecks;
import dev.upshift.switchover.internal.check.schema.SchemaChecks;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Looks at everything that a switch, or its rehearsal, must not start without. */
@Component
public final class SwitchExamination {

    private final PoolerChecks poolers;
    private final LinkChecks links;
    private final SchemaChecks schemas;
    private final RoleChecks roles;

    SwitchExamination(PoolerChecks poolers, LinkChecks links, SchemaChecks schemas, RoleChecks roles) {
        this.poolers = poolers;
        this.links = links;
        this.schemas = schemas;
        this.roles = roles;
    }

    /**
     * @param asked what is asked of this procedure alone
     * @param rehearsed the last rehearsal
     */
    public Examination examine(Switch sw, CheckList<Switch> asked, Function<Switch, Optional<Rehearsed>> rehearsed) {
        List<GuardResult> guards = new ArrayList<>();
        schemas.begin(sw);
        guards.addAll(poolers.ask(sw).stream().map(CheckOutcome::guard).toList());
        boolean configurationKnown = guards.getFirst().allowed();
        guards.addAll(links.guards(sw));
        guards.addAll(FenceChecks.FENCES.guards(sw));
        guards.addAll(schemas.list().guards(sw));
        guards.addAll(CheckList.<Switch>of(List.of(new FiringEventTriggers(EventTriggers.OF_LINKS)))
                .guards(sw));
        if (!configurationKnown) {
            return Examination.of(guards);
        }
        guards.addAll(roles.list().guards(sw));
        guards.addAll(poolers.lookups().guards(sw));
        guards.addAll(FenceChecks.SESSIONS.guards(sw));
        guards.addAll(asked.guards(sw));
        guards.addAll(poolers.logins().guards(sw));
        return new Examination(guards, differences(sw), basis(sw), rehearsed.apply(sw), Optional.empty());
    }

    private static List<PoolerDifference> differences(Switch sw) {
        return sw.poolers().changes().stream()
                .map(change -> new PoolerDifference(
                        change.pooler().name(), change.diff().lines()))
                .toList();
    }

    /** What a switch relies on besides its project. */
    public static List<String> basis(Switch sw) {
        return sw.poolers().changes().stream()
                .map(change -> change.pooler().name() + " " + change.current().hash() + " "
                        + change.next().hash())
                .toList();
    }
}
