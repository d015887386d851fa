package dev.upshift.switchover.internal.check.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LastComparisonTests {

    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");
    private static final TableName ORDERS = new TableName("public", "orders");

    @Test
    void withoutAComparisonASwitchIsAllowedAndSaysSo() {
        assertThat(LastComparison.judge(Optional.empty(), Side.SOURCE, Optional.empty()))
                .isEqualTo(new NotApplicable(
                        "What the source sends was not compared with the other side yet; “Verify” does."));
    }

    @Test
    void afterACleanOneItIsAllowed() {
        assertThat(LastComparison.judge(
                        Optional.of(compared(Verdict.EQUAL, Verdict.EQUAL)), Side.SOURCE, Optional.of(AT)))
                .isEqualTo(new Passed());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EQUAL")
    void whatIsNotProvenEqualBlocks(Verdict verdict) {
        assertThat(LastComparison.judge(Optional.of(compared(Verdict.EQUAL, verdict)), Side.SOURCE, Optional.empty()))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(found.findings())
                                .singleElement()
                                .extracting(Finding::sentence)
                                .asString()
                                .startsWith("shop on the target: the last comparison, of 2026-11-28 10:00:00 UTC,")
                                .contains(
                                        "did not prove 1 of 2 tables equal, among them public.orders.",
                                        "verify again"));
    }

    /** There and back again: it was of this direction, and the rows come over another link now. */
    @ParameterizedTest
    @EnumSource
    void oneFromBeforeTheLastSwitchNeitherProvesNorBlocks(Verdict verdict) {
        assertThat(LastComparison.judge(Optional.of(compared(verdict)), Side.SOURCE, Optional.of(AT.plusSeconds(90))))
                .isEqualTo(new NotApplicable(
                        "What the source sends was not compared with the other side since the last switch, which ended at"
                                + " 2026-11-28 10:01:30 UTC; “Verify” does."));
    }

    @Test
    void oneOfTheOtherDirectionDoesNotCountEither() {
        assertThat(LastComparison.judge(Optional.of(compared(Verdict.FAILED)), Side.TARGET, Optional.of(AT)))
                .isInstanceOfSatisfying(
                        NotApplicable.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith(
                                        "What the target sends was not compared with the other side since the last switch"));
    }

    private static Verification compared(Verdict... verdicts) {
        List<TableResult> tables = Stream.of(verdicts)
                .map(verdict -> new TableResult("shop", ORDERS, verdict, 1, 1, "1", "1", 1, null))
                .toList();
        return new Verification("shop", AT, AT, tables, Side.SOURCE, List.of());
    }
}
