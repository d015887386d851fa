package dev.upshift.verification.internal.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStatus;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.KnownEquality.Known;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastComparisonTests {

    private static final Instant SWITCHED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = SWITCHED.plusSeconds(3_600);

    @Test
    void saysThatBothSidesWereNeverCompared() {
        assertThat(known(Optional.empty(), Optional.empty()))
                .isEqualTo(Known.doubtful("Both sides were never compared: no Verify has come to a result."));
    }

    @Test
    void namesWhatDiffered() {
        Known known = known(Optional.of(comparison(LATER, Verdict.EQUAL, Verdict.DIFFERENT)), Optional.empty());

        assertThat(known.equal()).isFalse();
        assertThat(known.words()).contains("did not prove 1 of 2 tables equal, among them shop: public.t1;");
        assertThat(known.unequal()).containsExactly("shop: public.t1");
    }

    /** It is the last word, whatever an earlier one has found. */
    @Test
    void saysWhyTheLastOneCameToNoResult() {
        assertThat(known(
                        Optional.of(comparison(LATER, Verdict.EQUAL)),
                        Optional.of(run(LATER.plusSeconds(60), RunStatus.ABORTED))))
                .isEqualTo(Known.doubtful(
                        "The last Verify, run 7 of 2026-03-01 13:01:00 UTC, came to no result: The source is away."));
    }

    @Test
    void aRunThatFoundDifferencesHasAResult() {
        assertThat(known(
                                Optional.of(comparison(LATER, Verdict.DIFFERENT)),
                                Optional.of(run(LATER.minusSeconds(1), RunStatus.ABORTED)))
                        .words())
                .contains("did not prove 1 of 1 tables equal");
    }

    @Test
    void whatWasEqualBeforeTheSwitchIsOneThing() {
        Known known = known(Optional.of(comparison(SWITCHED.minusSeconds(600), Verdict.EQUAL)), Optional.empty());

        assertThat(known.equal()).isFalse();
        assertThat(known.words()).contains("found 1 tables equal, but that was before the last switch");
    }

    @Test
    void whatIsEqualSinceTheSwitchIsEnough() {
        assertThat(known(
                        Optional.of(comparison(LATER, Verdict.EQUAL)),
                        Optional.of(run(LATER.minusSeconds(1), RunStatus.SUCCEEDED))))
                .isEqualTo(Known.equal("The last comparison, of 2026-03-01 13:00:10 UTC, found 1 tables equal."));
    }

    private static Known known(Optional<Verification> kept, Optional<Run> tried) {
        return LastComparison.known(kept, tried, Optional.of(SWITCHED));
    }

    private static Verification comparison(Instant begun, Verdict... verdicts) {
        List<TableResult> tables = IntStream.range(0, verdicts.length)
                .mapToObj(number -> new TableResult(
                        "shop", new TableName("public", "t" + number), verdicts[number], 1, 1, null, null, 1, null))
                .toList();
        return new Verification("shop", begun, begun.plusSeconds(10), tables, Side.TARGET, List.of());
    }

    private static Run run(Instant begun, RunStatus status) {
        return new Run(
                70,
                "shop",
                7,
                ProcedureName.VERIFY,
                status,
                "9f3c0000",
                "mara",
                begun,
                begun.plusSeconds(20),
                1,
                "The source is away.",
                null,
                RunFacts.NONE);
    }
}
