package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.procedure.PastRuns;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The last comparison, if it was of what is sent now, which goes over another link since every switch, found all equal. */
public record LastComparison(Verifications verifications, PastRuns runs) implements Check<Switch> {

    private static final DateTimeFormatter ENDED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String id() {
        return "verification";
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
        return "The last comparison, of %s, found %d tables equal."
                .formatted(
                        ENDED.format(last(sw).orElseThrow().endedAt()),
                        last(sw).orElseThrow().tables().size());
    }

    @Override
    public CheckResult look(Switch sw) {
        return judge(last(sw), sw.from(), lastSwitch(sw));
    }

    /** @param last good or bad, it counts only if it was of what is sent now */
    static CheckResult judge(Optional<Verification> last, Side from, Optional<Instant> lastSwitch) {
        return last.filter(verification -> verification.publisher() == from)
                .filter(verification -> lastSwitch.stream().noneMatch(verification.startedAt()::isBefore))
                .map(verification -> CheckResult.of(findings(from.other(), verification)))
                .orElseGet(() ->
                        new NotApplicable("What the %s sends was not compared with the other side %s; “Verify” does."
                                .formatted(
                                        from.word(),
                                        lastSwitch
                                                .map(ended ->
                                                        "since the last switch, which ended at " + ENDED.format(ended))
                                                .orElse("yet"))));
    }

    private Optional<Verification> last(Switch sw) {
        return sw.memo()
                .once(
                        LastComparison.class,
                        () -> verifications.latest(sw.project().slug()));
    }

    /** Those that were undone have changed nothing. */
    private Optional<Instant> lastSwitch(Switch sw) {
        return runs.lastSuccess(sw.project().id(), run -> run.procedure().isSwitch())
                .map(run -> Objects.requireNonNull(run.endedAt()));
    }

    private static List<Finding> findings(Side to, Verification verification) {
        Map<String, List<TableResult>> databases = verification.tables().stream()
                .collect(Collectors.groupingBy(TableResult::database, LinkedHashMap::new, Collectors.toList()));
        return databases.entrySet().stream()
                .flatMap(tables -> finding(Place.on(to, tables.getKey()), tables.getValue(), verification).stream())
                .toList();
    }

    private static Optional<Finding> finding(Place place, List<TableResult> tables, Verification verification) {
        List<String> unproven = tables.stream()
                .filter(table -> table.verdict() != Verdict.EQUAL)
                .map(table -> table.name().toString())
                .toList();
        return unproven.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                place,
                                unproven,
                                "the last comparison, of %s, did not prove %d of %d tables equal, among them %s."
                                        .formatted(
                                                ENDED.format(verification.endedAt()),
                                                unproven.size(),
                                                tables.size(),
                                                Names.some(unproven)),
                                "The page Verify says why. Mend them and verify again: a comparison that proves all tables equal lets this switch go on."));
    }
}
