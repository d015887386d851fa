package dev.upshift.transfer.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Check;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.check.RealSides;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.shared.Side;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the target has to have, and must not have yet, before tables are copied to it; and what would end the copy. */
@ExtendWith(SharedServers.class)
class ReplicateChecksIT {

    @ParameterizedTest
    @Proves("target-has-tables")
    @CsvSource({"13, 17", "17, 18"})
    void tablesThatTheTargetLacksAreNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new TargetHasTables();
        String missing = "create table \"Not There\" (id int primary key)";
        sides.onBoth("create table there (id int primary key)");
        sides.onSource("create unlogged table never_copied (id int)");
        sides.passes(check);

        sides.onSource(missing);

        assertThat(sides.finding(check))
                .isEqualTo(new Finding(
                        Place.on(Side.TARGET, sides.database()),
                        List.of("public.Not There"),
                        "it lacks public.Not There.",
                        "Create it there."));
        sides.onTarget(missing);
        sides.passes(check);
    }

    @ParameterizedTest
    @Proves("target-empty")
    @CsvSource({"13, 17", "17, 18"})
    void tablesThatHoldRowsAlreadyAreNamed(int source, int target) {
        RealSides sides = new RealSides(source, target);
        Check<Inspection> check = new TargetEmpty();
        sides.onBoth("create table filled (id int primary key); create table empty (id int primary key)");
        sides.onSource("insert into filled values (1)");
        sides.passes(check);

        sides.onTarget("insert into filled values (1)");

        assertThat(sides.finding(check))
                .isEqualTo(new Finding(
                        Place.on(Side.TARGET, sides.database()),
                        List.of("public.filled"),
                        "public.filled holds rows already, which would collide with the copy for ever.",
                        "TRUNCATE it there."));
        sides.onTarget("truncate filled");
        sides.passes(check);
    }

    @ParameterizedTest
    @Proves("target-replication-capacity")
    @ValueSource(ints = {13, 18})
    void whatATargetLacksToSubscribeIsNamedWithItsSetting(int major) {
        Check<Inspection> check = new TargetReplicationCapacity(RealSides.bean(SubscriberRoom.class));
        new RealSides(17, major).passes(check);

        RealSides cramped = new RealSides(SharedServers.of(17), SharedServers.cramped(major));

        List<Finding> findings = cramped.findings(check);
        assertThat(findings).extracting(Finding::place).containsOnly(Place.on(Side.TARGET));
        assertThat(findings)
                .extracting(Finding::objects)
                .contains(
                        List.of("max_logical_replication_workers"),
                        List.of("max_worker_processes"),
                        List.of("max_sync_workers_per_subscription"));
        assertThat(findings)
                .contains(new Finding(
                        Place.on(Side.TARGET),
                        List.of("max_logical_replication_workers"),
                        "there is room for 1 more logical workers, 2 are needed.",
                        "Raise max_logical_replication_workers there, which needs a restart."));
    }

    /** The setting came with 17. */
    @ParameterizedTest
    @Proves({"source-timeouts", "target-timeouts"})
    @CsvSource({"17, 18", "18, 17"})
    void aTimeoutThatWouldEndTheCopyIsNamedWithTheStatement(int source, int target) {
        RealSides sides = new RealSides(source, target);
        SubscriberRoom room = RealSides.bean(SubscriberRoom.class);
        new RealSides(13, target).passes(new CopyTimeouts(Side.SOURCE, room));
        for (Side side : Side.values()) {
            Check<Inspection> check = new CopyTimeouts(side, room);
            sides.passes(check);

            sides.cluster(side)
                    .execute(
                            "postgres",
                            "alter role upshift in database %s set transaction_timeout = '1h'"
                                    .formatted(sides.database()));

            Finding finding = sides.finding(check);
            assertThat(finding.place()).isEqualTo(Place.on(side, sides.database()));
            assertThat(finding.objects()).containsExactly("transaction_timeout");
            assertThat(finding.reason())
                    .startsWith("transaction_timeout is 3600.0 s for our role, which ends the copy");
            sides.passes(new CopyTimeouts(side.other(), room));
            sides.cluster(side).execute("postgres", finding.remedy().replace(" there until the upgrade is over.", ""));
            sides.passes(check);
        }
    }
}
