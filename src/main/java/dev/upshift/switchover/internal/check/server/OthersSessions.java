package dev.upshift.switchover.internal.check.server;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Our role sees what others do on both sides: a slot is made on the one that is entered, and clients come there. */
public final class OthersSessions implements Check<Switch> {

    @Override
    public String id() {
        return "sees-sessions";
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
        return "Our role sees the transactions of others.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return sw.everyDatabase(database -> Stream.of(sw.from(), sw.to())
                .filter(side -> !sw.servers().catalog().seesOtherSessions(sw.on(side, database)))
                .map(side -> finding(sw, side, database))
                .toList());
    }

    private static Finding finding(Switch sw, Side side, String database) {
        String ours = sw.project().cluster(side).endpoint().username();
        return new Finding(
                Place.on(side, database),
                List.of(ours),
                "our role does not see open transactions of others.",
                "%s; there."
                        .formatted(FencedStatements.one(
                                sw.project().isFenced(side),
                                "GRANT pg_read_all_stats TO " + FencedStatements.quoted(ours))));
    }
}
