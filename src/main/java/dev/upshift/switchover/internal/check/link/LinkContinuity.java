package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Verification;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The slot of every link is the one that was made for it, and nobody has altered its publication or its subscription. */
public record LinkContinuity(Verifications verifications) implements Check<Switch> {

    @Override
    public String id() {
        return "slot-continuity";
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
        return "The slot of every link is the one that was made for it, and nobody has altered its publication or its subscription.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return sw.everyDatabaseInTurn(database -> Stream.of(
                        doubt(sw, database, doubt -> isSettled(sw, doubt)), LinkLook.altered(sw, database, Role.WORK))
                .flatMap(Optional::stream)
                .toList());
    }

    /**
     * Says so when the slot that feeds the entered side may have been made again, or its publication altered.
     *
     * @param settled whether a doubt is over
     */
    public static Optional<Finding> doubt(Switch sw, String database, Predicate<Doubt> settled) {
        String link = sw.link(database);
        return sw.servers()
                .links()
                .observe(sw.onFrom(database), link)
                .flatMap(slot -> sw.records().links().see(sw.project().id(), link, slot))
                .filter(doubt -> !settled.test(doubt))
                .map(doubt -> new Finding(
                        Place.on(sw.from(), database),
                        List.of(link),
                        "the replication slot %s %s"
                                .formatted(
                                        link, doubt.happened(database, sw.to().word())),
                        doubt.remedy()));
    }

    /** Whether a comparison that began later found all rows on both sides. */
    private boolean isSettled(Switch sw, Doubt doubt) {
        Optional<Verification> clean = verifications
                .latest(sw.project().slug())
                .filter(last -> last.startedAt().isAfter(doubt.since()))
                .filter(last -> !last.tables().isEmpty() && last.differing() == 0);
        clean.ifPresent(last -> sw.records().links().verified(sw.project().id(), last.startedAt()));
        return clean.isPresent();
    }
}
