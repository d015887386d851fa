package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.Links.LinkRefused;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The side that is left can subscribe to the one that is entered: else there would be no way back. */
public final class OppositeLink implements Check<Switch> {

    @Override
    public String id() {
        return "opposite-link";
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
        return "The %s can connect to the %s for the way back."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return sw.everyDatabase(database -> sw.servers().helperSchema().exists(sw.onFrom(database))
                ? refused(sw, database).stream().toList()
                : List.of(new Finding(
                        Place.on(sw.from(), database),
                        List.of(HelperSchema.NAME),
                        "the schema %s is missing, whose rows prove that a link works.".formatted(HelperSchema.NAME),
                        "Take it from the %s, with its comment and its table %s, give our role all rights on both, and there: ALTER PUBLICATION %s ADD TABLE ONLY %s;"
                                .formatted(
                                        sw.to().word(),
                                        HelperSchema.SENTINEL,
                                        FencedStatements.quoted(sw.link(database)),
                                        HelperSchema.SENTINEL))));
    }

    private static Optional<Finding> refused(Switch sw, String database) {
        try {
            sw.servers()
                    .links()
                    .probe(sw.onFrom(database), sw.project().cluster(sw.to()).peer(), database, sw.wayBack(database));
            return Optional.empty();
        } catch (LinkRefused refused) {
            return Optional.of(new Finding(
                    Place.on(sw.from(), database),
                    List.of(sw.project().cluster(sw.to()).peer().address()),
                    refused.reason(),
                    refused.remedy()));
        }
    }
}
