package dev.upshift.switchover.internal.check.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.project.Cluster;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether a link works, is the one that was made, and can be turned round, between 13 and 18. */
@ExtendWith(SharedServers.class)
class LinkStateIT {

    private static final String TABLE = "create table plain (id int primary key, note varchar(9))";

    @Test
    @Proves("workers-running")
    void aSubscriptionThatIsDisabledOrGoneIsNamedWithTheStatement() {
        try (SwitchSides sides = new SwitchSides(TABLE)) {
            sides.connect(Side.SOURCE, "plain");
            awaitPassing(sides, "workers-running");

            sides.onTarget("alter subscription \"%s\" disable".formatted(sides.link()));
            Finding disabled = sides.finding(Side.SOURCE, "workers-running");
            assertThat(disabled.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
            assertThat(disabled.objects()).containsExactly(sides.link());
            assertThat(disabled.reason())
                    .matches("the subscription " + sides.link() + " is disabled: nothing arrives there\\. .+");
            assertThat(disabled.remedy())
                    .isEqualTo("Remove the cause, then ALTER SUBSCRIPTION %s ENABLE; there, and verify."
                            .formatted(sides.link()));
            sides.onTarget("ALTER SUBSCRIPTION %s ENABLE".formatted(sides.link()));
            awaitPassing(sides, "workers-running");
        }
        try (SwitchSides none = new SwitchSides(TABLE)) {
            assertThat(none.finding(Side.TARGET, "workers-running").sentence())
                    .startsWith("%s on the source: the subscription %s is gone:"
                            .formatted(none.database(), none.link(Side.TARGET)))
                    .endsWith("There is no way back without loss any more: stay where you are.");
        }
    }

    /** The same row is there already, so that the worker ends again and again. */
    @Test
    @Proves("workers-running")
    void aWorkerThatFailsIsNamedWithTheServersReason() {
        try (SwitchSides sides = new SwitchSides(TABLE)) {
            sides.connect(Side.SOURCE, "plain");
            sides.awaitReady(Side.TARGET, 1);
            sides.onTarget("insert into plain values (1)");
            sides.onSource("insert into plain values (1)");

            await().atMost(SwitchSides.LONG)
                    .untilAsserted(() -> assertThat(sides.finding(Side.SOURCE, "workers-running"))
                            .satisfies(finding -> {
                                assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
                                assertThat(finding.reason())
                                        .startsWith("no apply worker of %s is running.".formatted(sides.link()))
                                        .contains("The server says: ", "public.plain");
                            }));
            sides.onTarget("delete from plain");
            awaitPassing(sides, "workers-running");
        }
    }

    @Test
    @Proves("lag")
    void whatIsNotSentYetCountsAndASlotThatIsGoneIsNoLag() {
        try (SwitchSides sides = new SwitchSides(TABLE)) {
            sides.set("lagThresholdBytes", 100_000L);
            sides.connect(Side.SOURCE, "plain");
            sides.awaitReady(Side.TARGET, 1);
            awaitPassing(sides, "lag");

            sides.onTarget("alter subscription \"%s\" disable".formatted(sides.link()));
            sides.onSource("insert into plain select g, 'note' from generate_series(1, 5000) as g");
            Finding behind = sides.finding(Side.SOURCE, "lag");
            assertThat(behind.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
            assertThat(behind.objects()).containsExactly(sides.link());
            assertThat(behind.reason()).matches("it is .+B behind; a switch needs less than 100(.0)? kB\\.");
            assertThat(behind.remedy()).startsWith("Wait.").contains("long transactions on the source");

            sides.onTarget("alter subscription \"%s\" enable".formatted(sides.link()));
            awaitPassing(sides, "lag");
        }
        try (SwitchSides none = new SwitchSides(TABLE)) {
            assertThat(none.finding(Side.SOURCE, "lag").sentence())
                    .isEqualTo(
                            "%s on the source: the replication slot %s that feeds the target is gone: what was written since does not get to the target. Abandon the upgrade and begin it anew."
                                    .formatted(none.database(), none.link()));
        }
    }

    @Test
    @Proves("slot-continuity")
    void whatWasAlteredIsInDoubtUntilAllTablesWereEqual() {
        try (SwitchSides sides = new SwitchSides(TABLE)) {
            sides.connect(Side.SOURCE, "plain");
            sides.awaitReady(Side.TARGET, 1);
            sides.passes(Side.SOURCE, "slot-continuity");

            sides.onSource("alter publication \"%s\" set (publish = 'insert')".formatted(sides.link()));
            sides.onSource("alter publication \"%s\" set (publish = 'insert, update, delete, truncate')"
                    .formatted(sides.link()));
            Finding publication = sides.finding(Side.SOURCE, "slot-continuity");
            assertThat(publication.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
            assertThat(publication.objects()).containsExactly(sides.link());
            assertThat(publication.reason())
                    .startsWith("the replication slot %s was dropped and made again, or its publication was altered"
                            .formatted(sides.link()));
            assertThat(publication.remedy()).startsWith("Verify now: if it finds all tables equal");
            sides.memory().compared(compared(sides, Instant.now().plus(Duration.ofMinutes(1)), Verdict.EQUAL));
            sides.passes(Side.SOURCE, "slot-continuity");

            sides.passes(Side.SOURCE, "new-objects"); // which notes the subscription
            sides.onTarget("alter subscription \"%s\" disable".formatted(sides.link()));
            sides.onTarget("alter subscription \"%s\" enable".formatted(sides.link()));
            Finding subscription = sides.finding(Side.SOURCE, "slot-continuity");
            assertThat(subscription.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
            assertThat(subscription.objects()).containsExactly(sides.link());
            assertThat(subscription.reason()).contains("was altered by somebody");
            assertThat(subscription.remedy()).startsWith("Verify:");
        }
    }

    @Test
    @Proves("tables-unaltered")
    void whatWasDoneToATableIsSeenUntilItIsNotedAnew() {
        try (SwitchSides sides = new SwitchSides(TABLE + "; insert into plain values (1, '1')")) {
            Finding never = sides.finding(Side.SOURCE, "tables-unaltered");
            assertThat(never.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
            assertThat(never.reason()).startsWith("it was never noted how its tables were");
            mark(sides);
            sides.passes(Side.SOURCE, "tables-unaltered");

            sides.onSource("alter table plain alter note type int using note::int");
            sides.onTarget("alter table plain rename note to remark");
            sides.onTarget("alter table plain rename remark to note");
            List<Finding> done = sides.findings(Side.SOURCE, "tables-unaltered");
            assertThat(done)
                    .extracting(Finding::place)
                    .containsExactly(Place.on(Side.SOURCE, sides.database()), Place.on(Side.TARGET, sides.database()));
            assertThat(done).allSatisfy(finding -> {
                assertThat(finding.objects()).containsExactly("public.plain");
                assertThat(finding.reason())
                        .startsWith("columns of public.plain were changed")
                        .contains("none of it is replicated");
                assertThat(finding.remedy()).startsWith("Verify:");
            });

            sides.onTarget("alter table plain alter note type int using note::int");
            mark(sides);
            sides.passes(Side.SOURCE, "tables-unaltered");
        }
    }

    /** As a comparison does that has found all equal. */
    private static void mark(SwitchSides sides) {
        try (Switch sw = sides.switchFrom(Side.SOURCE)) {
            Links links = sw.servers().links();
            sides.memory()
                    .links()
                    .keepMarks(
                            1,
                            sides.link(),
                            MarkedTable.of(
                                    links.marks(sw.onFrom(sides.database())), links.marks(sw.onTo(sides.database()))));
        }
    }

    @Test
    @Proves("opposite-link")
    void whyThereWouldBeNoWayBackIsSaidInTheServersWords() {
        try (SwitchSides sides = new SwitchSides(TABLE)) {
            Finding lacking = sides.finding(Side.SOURCE, "opposite-link");
            assertThat(lacking.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
            assertThat(lacking.objects()).containsExactly("upshift");
            assertThat(lacking.sentence()).contains("the schema upshift is missing", "Take it from the target");
            try (Switch sw = sides.switchFrom(Side.SOURCE)) {
                sw.servers().helperSchema().create(sw.onFrom(sides.database()));
            }
            sides.passes(Side.SOURCE, "opposite-link");

            sides.reach(Side.TARGET, known -> new Cluster(known.endpoint(), null, 1, known.majorVersion()));
            Finding refused = sides.finding(Side.SOURCE, "opposite-link");
            assertThat(refused.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
            assertThat(refused.objects()).containsExactly("127.0.0.1:1");
            assertThat(refused.reason()).contains("cannot subscribe to database " + sides.database(), "refused");
            assertThat(refused.remedy())
                    .startsWith("Check the address by which the other server reaches it (peer host and port)");
        }
    }

    @Test
    @Proves("indexes-built")
    void whatIsHeldBackIsBuiltBefore() {
        SwitchSides sides = new SwitchSides(TABLE);
        sides.passes(Side.SOURCE, "indexes-built");
        sides.memory().heldBack().add(sides.database());

        Finding held = sides.finding(Side.SOURCE, "indexes-built");
        assertThat(held.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(held.sentence()).endsWith("indexes and constraints are not built yet. Run “Replicate” to its end.");
        sides.memory().heldBack().clear();
        sides.passes(Side.SOURCE, "indexes-built");
    }

    @Test
    @Proves("verification")
    void theLastComparisonCounts() {
        SwitchSides sides = new SwitchSides(TABLE);
        assertThat(sides.reason(Side.SOURCE, "verification", true))
                .isEqualTo("What the source sends was not compared with the other side yet; “Verify” does.");
        sides.memory().compared(compared(sides, Instant.EPOCH, Verdict.DIFFERENT));

        Finding differing = sides.finding(Side.SOURCE, "verification");
        assertThat(differing.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(differing.objects()).containsExactly("public.plain");
        assertThat(differing.remedy()).contains("Mend them and verify again");
        sides.memory().compared(compared(sides, Instant.EPOCH, Verdict.EQUAL));
        assertThat(sides.reason(Side.SOURCE, "verification", true))
                .isEqualTo("The last comparison, of 1970-01-01 00:00:00 UTC, found 1 tables equal.");
    }

    private static Verification compared(SwitchSides sides, Instant begun, Verdict verdict) {
        return new Verification(
                "switched",
                begun,
                begun,
                List.of(new TableResult(
                        sides.database(), new TableName("public", "plain"), verdict, 1, 1, "1", "1", 1, null)),
                Side.SOURCE,
                List.of());
    }

    private static void awaitPassing(SwitchSides sides, String guard) {
        await().atMost(SwitchSides.LONG).untilAsserted(() -> sides.passes(Side.SOURCE, guard));
    }
}
