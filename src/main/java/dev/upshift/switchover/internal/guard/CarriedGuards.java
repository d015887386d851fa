package dev.upshift.switchover.internal.guard;

import dev.upshift.check.CheckList;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.MaterializedViews;
import dev.upshift.check.replication.NotCarriedRows;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks whether everything that the side to be left has is on the other side too, or known not to be. */
final class CarriedGuards {

    private static final DateTimeFormatter ENDED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Switch sw;
    private final Verifications verifications;
    private final Supplier<Optional<Instant>> lastSwitch;

    /** @param lastSwitch tells when the last switch of the project ended */
    CarriedGuards(Switch sw, Verifications verifications, Supplier<Optional<Instant>> lastSwitch) {
        this.sw = sw;
        this.verifications = verifications;
        this.lastSwitch = lastSwitch;
    }

    void look(GuardBook book) {
        book.judge("verification", this::verified);
        boolean serversAnswer = book.results().stream()
                .filter(result -> result.guard().equals("servers-reachable"))
                .allMatch(GuardResult::allowed);
        if (serversAnswer) {
            book.addAll(CheckList.<Switch>of(
                            List.of(new NotCarriedRows(sw.from(), Severity.BLOCKER), new MaterializedViews(sw.from())))
                    .guards(sw));
        }
    }

    private GuardResult verified() {
        return judge(verifications.latest(sw.project().slug()), sw.from(), lastSwitch.get());
    }

    /**
     * @param last the last comparison of the project; good or bad, it counts only if it was of what is sent now, which
     *     goes over another link since every switch
     */
    static GuardResult judge(Optional<Verification> last, Side from, Optional<Instant> lastSwitch) {
        Optional<Verification> counts = last.filter(verification -> verification.publisher() == from)
                .filter(verification -> lastSwitch.stream().noneMatch(verification.startedAt()::isBefore));
        if (counts.isEmpty()) {
            return new GuardResult(
                    "verification",
                    true,
                    "What the %s sends was not compared with the other side %s; “Verify” does."
                            .formatted(
                                    from.word(),
                                    lastSwitch
                                            .map(ended ->
                                                    "since the last switch, which ended at " + ENDED.format(ended))
                                            .orElse("yet")));
        }
        Verification verification = counts.get();
        List<String> wrong = verification.tables().stream()
                .filter(table -> table.verdict() != Verdict.EQUAL)
                .map(table -> table.database() + ": " + table.name())
                .toList();
        return wrong.isEmpty()
                ? new GuardResult(
                        "verification",
                        true,
                        "The last comparison, of %s, found %d tables equal."
                                .formatted(
                                        ENDED.format(verification.endedAt()),
                                        verification.tables().size()))
                : new GuardResult(
                        "verification",
                        false,
                        ("The last comparison, of %s, did not prove %d of %d tables equal, among them %s; the page Verify"
                                        + " says why. Mend them and verify again: a comparison that proves all tables"
                                        + " equal lets this switch go on.")
                                .formatted(
                                        ENDED.format(verification.endedAt()),
                                        wrong.size(),
                                        verification.tables().size(),
                                        Names.some(wrong)));
    }
}
