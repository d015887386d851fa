package dev.upshift.verification.internal.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Side;
import dev.upshift.verification.Verifications.Verification;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyTests {

    @Test
    void allTablesAreSaidOnlyWhenNothingWasLeftOut() {
        assertThat(VerifyScript.success(verification(List.of()))).startsWith("All tables");
        assertThat(VerifyScript.success(
                        verification(List.of("shop: 3 large objects (8.2 kB)", "crm: 1 unlogged table: x"))))
                .isEqualTo("The 0 tables that were compared hold the same rows on both sides. Left out, because it is"
                        + " not carried: shop: 3 large objects (8.2 kB); crm: 1 unlogged table: x.");
    }

    private static Verification verification(List<String> leftOut) {
        return new Verification("shop", Instant.EPOCH, Instant.EPOCH, List.of(), Side.SOURCE, leftOut);
    }
}
