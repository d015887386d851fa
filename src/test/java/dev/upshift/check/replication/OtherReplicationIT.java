package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.shared.Side;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedServers.class)
class OtherReplicationIT {

    private final OtherReplication check = new OtherReplication();

    @ParameterizedTest
    @Proves("source-other-replication")
    @CsvSource({"13, 18", "17, 18"})
    void slotsAndSubscriptionsOfOthersAreNamedAndOursAreNot(int source, int target) {
        RealSides sides = new RealSides(source, target);
        String ours = "upshift_checked_%s_forward".formatted(sides.database());
        sides.onSource("select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(ours));
        try {
            assertThat(sides.ask(check).result()).isEqualTo(new Passed());

            sides.onSource("select pg_create_logical_replication_slot('capture', 'test_decoding')");
            sides.onSource("""
                    create subscription elsewhere connection 'host=127.0.0.1 port=1' publication none
                    with (connect = false, slot_name = none, enabled = false)""");
            CheckOutcome outcome = sides.ask(check);

            assertThat(outcome.allows()).isTrue();
            assertThat(outcome.result())
                    .isInstanceOfSatisfying(
                            Found.class,
                            found -> assertThat(found.findings())
                                    .singleElement()
                                    .satisfies(finding -> {
                                        assertThat(finding.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
                                        assertThat(finding.objects())
                                                .containsExactly(
                                                        "slot capture (test_decoding)", "subscription elsewhere");
                                    }));
        } finally {
            sides.onSource("drop subscription if exists elsewhere");
            sides.onSource("select pg_drop_replication_slot(slot_name) from pg_replication_slots"
                    + " where database = current_database()");
        }
    }
}
