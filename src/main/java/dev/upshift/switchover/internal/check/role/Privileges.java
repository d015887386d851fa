package dev.upshift.switchover.internal.check.role;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.role.Roles.Duty;
import dev.upshift.postgres.role.Roles.Lack;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Our role may do on both sides all that a switch does, also past the point of no return. */
public final class Privileges implements Check<Switch> {

    /** The side that is left becomes the subscriber of the way back. */
    private static final Set<Duty> LEFT = EnumSet.of(Duty.FENCE, Duty.SLOTS, Duty.SUBSCRIBE, Duty.SENTINEL, Duty.LINK);

    private static final Set<Duty> ENTERED = EnumSet.of(Duty.FENCE, Duty.SLOTS, Duty.PUBLISH, Duty.SENTINEL, Duty.LINK);

    @Override
    public String id() {
        return "privileges";
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
    public String fine(Switch sw) {
        return "Our role may do everything on both sides that the switch needs, also after the point of no return.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(lacking(sw, Role.WORK));
    }

    /** @param role whose sessions it looks with */
    public static List<Finding> lacking(Switch sw, Role role) {
        Set<Duty> left = EnumSet.copyOf(LEFT);
        if (sw.project().settings().hardFence()) {
            left.add(Duty.HARD_FENCE);
        }
        return sw
                .fanOut()
                .map(
                        sw.databases(),
                        database -> Stream.concat(
                                        lacking(sw, sw.from(), database, left, role),
                                        lacking(sw, sw.to(), database, ENTERED, role))
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static Stream<Finding> lacking(Switch sw, Side side, String database, Set<Duty> duties, Role role) {
        return sw.servers().roles().lacks(sw.pool().session(side, database, role), duties, sw.link(database)).stream()
                .map(lack -> finding(sw, side, database, lack));
    }

    private static Finding finding(Switch sw, Side side, String database, Lack lack) {
        String ours = sw.project().cluster(side).endpoint().username();
        return new Finding(
                Place.on(side, database),
                List.of(ours),
                "the role %s may not %s.".formatted(ours, lack.what()),
                "%s; there.".formatted(FencedStatements.one(sw.project().isFenced(side), lack.remedy())));
    }
}
