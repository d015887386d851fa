package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.shared.ByteCount;
import dev.upshift.switchover.internal.look.FeedingLink;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What every link has yet to send is less than the threshold. */
public final class LinkLag implements Check<Switch> {

    @Override
    public String id() {
        return "lag";
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
        return "The lag is under the threshold.";
    }

    @Override
    public CheckResult look(Switch sw) {
        ByteCount limit = new ByteCount(sw.project().settings().lagThresholdBytes());
        return sw.everyDatabase(database -> {
            FeedingLink link = FeedingLinks.state(sw, database);
            return link
                    .lost()
                    .or(() -> link.tooFarBehind(limit).map(behind -> tooFar(sw, database, behind, limit)))
                    .stream()
                    .toList();
        });
    }

    private static Finding tooFar(Switch sw, String database, ByteCount behind, ByteCount limit) {
        return new Finding(
                Place.on(sw.to(), database),
                List.of(sw.link(database)),
                "it is %s behind; a switch needs less than %s.".formatted(behind, limit),
                "Wait. If that does not fall, look for long transactions on the %s, and for index builds or vacuum here."
                        .formatted(sw.from().word()));
    }
}
