package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.sequence.NarrowerSequences;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The side that is entered has every sequence, and each may be set to what it will be set to. */
public final class SequencesSettable implements Check<Switch> {

    @Override
    public String id() {
        return "sequences";
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
        return "The %s has every sequence and each may be set."
                .formatted(sw.to().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return sw.everyDatabase(database -> findings(sw, database));
    }

    private static List<Finding> findings(Switch sw, String database) {
        List<SequenceValue> there = sw.servers().sequences().defined(sw.onTo(database));
        List<SequenceValue> here = sw.servers().sequences().defined(sw.onFrom(database));
        return Stream.of(
                        lacking(sw, database, here, there),
                        new NarrowerSequences(sw).finding(database, here, there),
                        forbidden(sw, database))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> lacking(
            Switch sw, String database, List<SequenceValue> here, List<SequenceValue> there) {
        Set<String> lacking = names(here);
        lacking.removeAll(names(there));
        List<String> names = List.copyOf(lacking);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(sw.to(), database),
                        names,
                        "it lacks the sequences %s, which are on the %s."
                                .formatted(Names.some(names), sw.from().word()),
                        "%s there under the same names."
                                .formatted(FencedStatements.one(sw.project().isFenced(sw.to()), "CREATE SEQUENCE"))));
    }

    private static Optional<Finding> forbidden(Switch sw, String database) {
        List<String> names = sw.servers().sequences().notSettable(sw.onTo(database));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(sw.to(), database),
                        names,
                        "our role may not read or set %s.".formatted(Names.some(names)),
                        "%s; and likewise for each, there."
                                .formatted(FencedStatements.one(
                                        sw.project().isFenced(sw.to()),
                                        "GRANT SELECT, UPDATE ON SEQUENCE … TO "
                                                + FencedStatements.quoted(sw.project()
                                                        .cluster(sw.to())
                                                        .endpoint()
                                                        .username())))));
    }

    private static Set<String> names(List<SequenceValue> values) {
        return values.stream()
                .map(value -> value.schema() + "." + value.name())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
