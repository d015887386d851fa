package dev.upshift.switchover.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.UnknownTables;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CarriedGuardsTests {

    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final UnknownTables UNKNOWN = new UnknownTables("shop", Side.SOURCE, "link", false);

    @Test
    void withoutAComparisonASwitchIsAllowedAndSaysSo() {
        GuardResult result = CarriedGuards.judge(Optional.empty(), Side.SOURCE, Optional.empty());

        assertThat(result.allowed()).isTrue();
        assertThat(result.reason()).contains("What the source sends was not compared");
    }

    @Test
    void afterACleanOneItIsAllowed() {
        GuardResult result =
                CarriedGuards.judge(Optional.of(compared(Verdict.EQUAL, Verdict.EQUAL)), Side.SOURCE, Optional.of(AT));

        assertThat(result)
                .isEqualTo(new GuardResult(
                        "verification",
                        true,
                        "The last comparison, of 2026-11-28 10:00:00 UTC, found 2 tables equal."));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EQUAL")
    void whatIsNotProvenEqualBlocks(Verdict verdict) {
        GuardResult result =
                CarriedGuards.judge(Optional.of(compared(Verdict.EQUAL, verdict)), Side.SOURCE, Optional.empty());

        assertThat(result.allowed()).isFalse();
        assertThat(result.reason())
                .contains("did not prove 1 of 2 tables equal, among them shop: public.orders", "verify again");
    }

    /** There and back again: it was of this direction, and the rows come over another link now. */
    @ParameterizedTest
    @EnumSource
    void oneFromBeforeTheLastSwitchNeitherProvesNorBlocks(Verdict verdict) {
        GuardResult result =
                CarriedGuards.judge(Optional.of(compared(verdict)), Side.SOURCE, Optional.of(AT.plusSeconds(90)));

        assertThat(result)
                .isEqualTo(new GuardResult(
                        "verification",
                        true,
                        "What the source sends was not compared with the other side since the last switch, which ended at"
                                + " 2026-11-28 10:01:30 UTC; “Verify” does."));
    }

    @Test
    void oneOfTheOtherDirectionDoesNotCountEither() {
        assertThat(CarriedGuards.judge(Optional.of(compared(Verdict.FAILED)), Side.TARGET, Optional.of(AT))
                        .reason())
                .startsWith("What the target sends was not compared with the other side since the last switch");
    }

    @Test
    void anUnknownPartitionIsCreatedBeforeItIsSubscribedTo() {
        assertThat(UNKNOWN.notSubscribed(List.of(ORDERS), Set.of()))
                .isEqualTo("shop: the target is not subscribed to public.orders yet, and what is written there does not"
                        + " arrive. On the target, first: CREATE public.orders as on the source (a partition with"
                        + " CREATE TABLE … PARTITION OF …). On the target, then: ALTER SUBSCRIPTION link REFRESH"
                        + " PUBLICATION.");
        assertThat(UNKNOWN.notSubscribed(List.of(ORDERS), Set.of(ORDERS)))
                .endsWith("does not arrive. On the target, then: ALTER SUBSCRIPTION link REFRESH PUBLICATION.");
    }

    @Test
    void anUnpublishedTableNeedsThreeThingsInOrder() {
        assertThat(UNKNOWN.notPublished(List.of(ORDERS), Set.of()))
                .containsSubsequence(
                        "On the target, first: CREATE",
                        "On the source: ALTER PUBLICATION link ADD TABLE",
                        "On the target, then: ALTER SUBSCRIPTION link REFRESH PUBLICATION.");
    }

    private static Verification compared(Verdict... verdicts) {
        List<TableResult> tables = Stream.of(verdicts)
                .map(verdict -> new TableResult("shop", ORDERS, verdict, 1, 1, "1", "1", 1, null))
                .toList();
        return new Verification("shop", AT, AT, tables, Side.SOURCE, List.of());
    }
}
