package dev.upshift.switchover.internal.check.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.shared.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sequences that could not be set on the side that is entered, between 13 and 18. */
@ExtendWith(SharedServers.class)
class SequencesSettableIT {

    private static final String SEQUENCES = "sequences";

    @Test
    @Proves(SEQUENCES)
    void oneThatCannotHoldWhatItWouldBeSetToIsNamedWithTheStatement() {
        SwitchSides sides = new SwitchSides("""
                create sequence "Few" as integer; create sequence many as integer; create sequence same as integer;
                create sequence spare as integer""");
        sides.passes(Side.TARGET, SEQUENCES);

        sides.onTarget("""
                alter sequence "Few" as bigint; select setval('"Few"', 2147490000);
                alter sequence many as bigint; select setval('many', 2147483600);
                alter sequence spare as bigint; select setval('spare', 1000)""");

        Finding narrow = sides.finding(Side.TARGET, SEQUENCES);
        assertThat(narrow.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
        assertThat(narrow.objects()).containsExactly("public.Few", "public.many");
        assertThat(narrow.sentence())
                .endsWith(": public.Few, public.many cannot hold the next values of the target."
                        + " SET default_transaction_read_only = off; ALTER SEQUENCE \"public\".\"Few\" AS bigint"
                        + " MINVALUE 1 MAXVALUE 9223372036854775807;"
                        + " and likewise for the others, there.");
        sides.onSource("ALTER SEQUENCE public.\"Few\" AS bigint MINVALUE 1 MAXVALUE 9223372036854775807");
        sides.onSource("alter sequence many as bigint");
        sides.passes(Side.TARGET, SEQUENCES);
    }

    @Test
    @Proves(SEQUENCES)
    void oneThatIsLackingIsNamed() {
        SwitchSides sides = new SwitchSides("");
        sides.onSource("create sequence late");

        Finding lacking = sides.finding(Side.SOURCE, SEQUENCES);
        assertThat(lacking.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(lacking.objects()).containsExactly("public.late");
        assertThat(lacking.sentence())
                .endsWith("it lacks the sequences public.late, which are on the source."
                        + " CREATE SEQUENCE there under the same names.");
        sides.onTarget("create sequence late");
        sides.passes(Side.SOURCE, SEQUENCES);
    }

    @Test
    @Proves(SEQUENCES)
    void oneThatOurRoleMayNotSetIsNamed() {
        SwitchSides sides = new SwitchSides("create sequence guarded");
        String nobody = sides.signInAsNobody(Side.TARGET);

        List<Finding> forbidden = sides.findings(Side.SOURCE, SEQUENCES);
        assertThat(forbidden).hasSize(1).allSatisfy(finding -> {
            assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
            assertThat(finding.objects()).containsExactly("public.guarded");
            assertThat(finding.remedy()).startsWith("GRANT SELECT, UPDATE ON SEQUENCE");
        });
        sides.onTarget("GRANT SELECT, UPDATE ON SEQUENCE public.guarded TO " + nobody);
        sides.passes(Side.SOURCE, SEQUENCES);
    }
}
