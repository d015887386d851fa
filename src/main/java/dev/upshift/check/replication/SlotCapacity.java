package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The source has room for the slots of our links, and for those who send from them. */
public final class SlotCapacity implements Check<Inspection> {

    @Override
    public String id() {
        return "capacity";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
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
        return "The source has room for the slots.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        ServerFacts facts = inspected.servers().catalog().server(inspected.onServer(Side.SOURCE));
        int needed = inspected.project().databases().size() + 1; // one more for table copies that run beside
        return CheckResult.of(lacking(Side.SOURCE, facts, needed));
    }

    /** Whether a side has room for so many slots, and for as many who send from them. */
    public static List<Finding> lacking(Side side, ServerFacts facts, int needed) {
        return Stream.of(
                        lacking(side, "max_replication_slots", "slots", facts.freeSlots(), needed),
                        lacking(side, "max_wal_senders", "WAL senders", facts.freeSenders(), needed))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> lacking(Side side, String setting, String what, int free, int needed) {
        return free >= needed
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(side),
                        List.of(setting),
                        "of %s, %d are free and %d needed.".formatted(what, free, needed),
                        "Raise %s there, which needs a restart.".formatted(setting)));
    }
}
