package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.pooler.PoolerConfiguration.UnmappableEntry;
import dev.upshift.shared.Names;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.stream.Stream;

/** Each pooler's file has entries that lead to the side that is left, and nothing but them would change. */
final class PoolerFiles implements PoolerCheck {

    private static final String REMEDY = "Correct that file, RELOAD, and look again.";

    @Override
    public String id() {
        return "pooler-configuration";
    }

    @Override
    public boolean isGate() {
        return true;
    }

    @Override
    public String fine(Switch sw) {
        return "Only the mapped entries of the poolers change.";
    }

    @Override
    public CheckResult look(Switch sw) {
        try {
            return CheckResult.of(sw.poolers().changes().stream()
                    .flatMap(change -> finding(sw, change))
                    .toList());
        } catch (UnmappableEntry first) {
            List<Finding> found = sw.project().poolers().stream()
                    .flatMap(pooler -> unmappable(sw, pooler))
                    .toList();
            if (found.isEmpty()) {
                throw first; // somebody has just changed it, and what it is now nobody has looked at
            }
            return new Found(found);
        }
    }

    private static Stream<Finding> finding(Switch sw, PoolerChange change) {
        if (change.entries().isEmpty()) {
            return Stream.of(finding(
                    change.pooler(),
                    "it has no entry that leads to the %s (%s) in %s."
                            .formatted(
                                    sw.from().word(),
                                    sw.project().cluster(sw.from()).peer().address(),
                                    change.pooler().configuration().path())));
        }
        return change.isLimitedToEntries()
                ? Stream.of()
                : Stream.of(finding(
                        change.pooler(),
                        "its configuration would change in more than the entries %s."
                                .formatted(Names.some(change.entries()))));
    }

    private static Stream<Finding> unmappable(Switch sw, PoolerAddress pooler) {
        try {
            return finding(sw, sw.poolers().change(pooler));
        } catch (UnmappableEntry unmappable) {
            return Stream.of(finding(pooler, String.valueOf(unmappable.getMessage())));
        }
    }

    private static Finding finding(PoolerAddress pooler, String reason) {
        return new Finding(
                Place.at(pooler.name()), List.of(pooler.configuration().path()), reason, REMEDY);
    }
}
