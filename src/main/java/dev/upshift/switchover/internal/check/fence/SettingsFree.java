package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.HeldSettings;
import dev.upshift.switchover.internal.route.Switch;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Nobody's open transaction keeps a fence from being raised or lifted, on either side. */
public final class SettingsFree implements Check<Switch> {

    @Override
    public String id() {
        return "settings-free";
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
    public String fine(Switch sw) {
        return "Nobody's open transaction holds what is set for a database on either side.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(findings(sw, Role.WORK));
    }

    /** @param role whose sessions look */
    public static List<Finding> findings(Switch sw, Role role) {
        return sw.inEveryDatabase(database -> Arrays.stream(Side.values())
                .flatMap(side -> held(sw, side, database, role).stream())
                .toList());
    }

    private static List<Finding> held(Switch sw, Side side, String database, Role role) {
        try {
            List<SettingsHolder> holders =
                    sw.servers().fence().holders(sw.pool().session(side, database, role));
            return holders.isEmpty() ? List.of() : List.of(HeldSettings.finding(database, side, holders));
        } catch (SettingsHeld untold) {
            return List.of(HeldSettings.finding(database, side, untold.holders()));
        }
    }
}
