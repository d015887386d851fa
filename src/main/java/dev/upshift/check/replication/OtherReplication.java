package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Replication of others that hangs on the source: it stays behind at a switch, because slots and subscriptions belong to
 * their server. Publications of others are told by {@link NotCarriedRows}.
 */
public final class OtherReplication implements Check<Inspection> {

    private static final String ID = "source-other-replication";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Scope scope() {
        return Scope.SOURCE;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Inspection inspected) {
        return "Nobody else replicates from the source or into it.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return inspected.everyDatabase(database -> {
            List<Other> others =
                    inspected.servers().questions().rows(inspected.on(Side.SOURCE, database), ID, Other.class);
            return others.isEmpty() ? List.of() : List.of(finding(database, others));
        });
    }

    private static Finding finding(String database, List<Other> others) {
        List<String> names = others.stream().map(Other::inWords).toList();
        return new Finding(
                Place.on(Side.SOURCE, database),
                names,
                "others replicate by %s; that does not move with the application.".formatted(Names.some(names)),
                "Agree with each who it is how he goes on at the target, where he begins anew.");
    }

    /**
     * @param kind slot or subscription
     * @param ofWhom of a slot its plugin, or that it is a physical one
     */
    record Other(String kind, String name, String ofWhom) {

        String inWords() {
            return ofWhom.isEmpty() ? "%s %s".formatted(kind, name) : "%s %s (%s)".formatted(kind, name, ofWhom);
        }
    }
}
