package dev.upshift.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Check;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.shared.Side;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say of themselves: that they are there, and what they have room for. */
@ExtendWith(SharedServers.class)
class ServerChecksIT {

    @ParameterizedTest
    @Proves({"servers-reachable", "source-reachable", "target-reachable"})
    @CsvSource({"13, 17", "17, 18"})
    void aDatabaseThatDoesNotLetUsInIsNamedWithItsSide(int source, int target) {
        RealSides sides = new RealSides(source, target);
        String database = sides.database();
        for (Side side : Side.values()) {
            String away = "alter database %1$s rename to %1$s_away".formatted(database);
            String back = "alter database %1$s_away rename to %1$s".formatted(database);
            for (Check<Inspection> check : List.of(new ServersReachable(), new SideReachable(side))) {
                sides.passes(check);

                sides.cluster(side).execute("postgres", away);
                assertThat(sides.findings(check))
                        .containsExactly(new Finding(
                                Place.on(side, database),
                                List.of(database),
                                "PostgreSQL at %s has no database %s."
                                        .formatted(
                                                SharedServers.endpoint(sides.cluster(side))
                                                        .address(),
                                                database),
                                "Check its spelling, or create it."));
                sides.passes(new SideReachable(side.other()));
                sides.cluster(side).execute("postgres", back);
                sides.passes(check);
            }
        }
    }

    @ParameterizedTest
    @Proves({"wal-level", "capacity"})
    @ValueSource(ints = {13, 18})
    void whatAServerLacksToPublishIsNamedWithItsSetting(int major) {
        RealSides roomy = new RealSides(major, 17);
        RealSides cramped = new RealSides(SharedServers.cramped(major), SharedServers.of(17));

        roomy.passes(new WalLevel(Side.SOURCE));
        assertThat(cramped.finding(new WalLevel(Side.SOURCE)))
                .isEqualTo(new Finding(
                        Place.on(Side.SOURCE),
                        List.of("wal_level"),
                        "wal_level is replica, with which nothing can be decoded, but the target is filled by logical"
                                + " replication.",
                        "ALTER SYSTEM SET wal_level = logical; then restart it, a reload is not enough."));
        cramped.passes(new WalLevel(Side.TARGET));

        roomy.passes(new SlotCapacity());
        CheckOutcome tooSmall = cramped.ask(new SlotCapacity());
        assertThat(tooSmall.allows()).isFalse();
        assertThat(tooSmall.words())
                .isEqualTo("source: of slots, 1 are free and 2 needed. Raise max_replication_slots there, which needs a"
                        + " restart. source: of WAL senders, 1 are free and 2 needed. Raise max_wal_senders there, which"
                        + " needs a restart.");
    }
}
