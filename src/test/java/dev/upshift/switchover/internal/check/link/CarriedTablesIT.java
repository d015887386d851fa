package dev.upshift.switchover.internal.check.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.shared.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which tables a link does not carry, or not whole, between 13 and 18. */
@ExtendWith(SharedServers.class)
class CarriedTablesIT {

    private static final String PUBLISHED = "tables-published";
    private static final String READY = "tables-ready";
    private static final String WHOLE = "new-objects";

    private static final String PARTITIONED = """
            create table m (id int, d int, primary key (id, d)) partition by range (d);
            create table m1 partition of m for values from (1) to (2);
            """;

    @Test
    @Proves({READY, WHOLE})
    void theRemedyForANewPartitionWorksInTheOrderInWhichItIsSaid() {
        try (SwitchSides sides = new SwitchSides(PARTITIONED)) {
            sides.connect(Side.SOURCE, "m");
            String m2 = "create table m2 partition of m for values from (2) to (3)";
            sides.onSource(m2 + "; insert into m values (2, 2)");

            Finding lacking = sides.finding(Side.SOURCE, WHOLE);
            assertThat(lacking.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
            assertThat(lacking.objects()).containsExactly("public.m2");
            assertThat(lacking.sentence())
                    .containsSubsequence(
                            "it lacks public.m2, which is on the source.",
                            "Create it there first (a partition with CREATE TABLE … PARTITION OF …)",
                            "then ALTER SUBSCRIPTION " + sides.link() + " REFRESH PUBLICATION there");
            assertThatThrownBy(() -> sides.refresh(""))
                    .hasStackTraceContaining("relation \"public.m2\" does not exist");
            sides.onTarget(m2);
            assertThat(sides.findings(Side.SOURCE, READY)).anySatisfy(finding -> {
                assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
                assertThat(finding.objects()).containsExactly("public.m2");
                assertThat(finding.reason()).startsWith("it is not subscribed to public.m2 yet");
                assertThat(finding.remedy()).doesNotContain("CREATE");
            });
            sides.refresh("");
            sides.awaitReady(Side.TARGET, 2);
            assertThat(sides.value(Side.TARGET, "select count(*) from m2")).isEqualTo("1");
            sides.passes(Side.SOURCE, READY);
            sides.passes(Side.SOURCE, WHOLE);
        }
    }

    @Test
    @Proves(PUBLISHED)
    void aTableThatCameLaterIsPublishedInTheOrderInWhichItIsSaid() {
        try (SwitchSides sides = new SwitchSides("create table plain (id int primary key)")) {
            sides.connect(Side.SOURCE, "plain");
            sides.passes(Side.SOURCE, PUBLISHED);
            sides.onSource("create table late (id int primary key)");

            Finding late = sides.finding(Side.SOURCE, PUBLISHED);
            assertThat(late.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
            assertThat(late.objects()).containsExactly("public.late");
            assertThat(late.sentence())
                    .containsSubsequence(
                            "public.late came after replication was set up and would stay behind.",
                            "On the target, first: CREATE public.late as on the source",
                            "On the source: ALTER PUBLICATION " + sides.link() + " ADD TABLE …",
                            "On the target, then: ALTER SUBSCRIPTION " + sides.link() + " REFRESH PUBLICATION.");

            sides.onTarget("create table late (id int primary key)");
            sides.onSource("alter publication \"%s\" add table late".formatted(sides.link()));
            sides.refresh("");
            sides.passes(Side.SOURCE, PUBLISHED);
        }
    }

    /** Two rows of the same key, on the side that follows; the server tells nobody but its log. */
    @Test
    @Proves(READY)
    void aCopyThatFailsIsNamedWithItsReason() {
        try (SwitchSides sides =
                new SwitchSides("create table filled (id int primary key); insert into filled values (1)")) {
            sides.connect(Side.SOURCE, "filled");
            await().atMost(SwitchSides.LONG)
                    .untilAsserted(() -> assertThat(sides.findings(Side.SOURCE, READY))
                            .anySatisfy(finding -> {
                                assertThat(finding.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
                                assertThat(finding.objects()).containsExactly("public.filled");
                                assertThat(finding.reason())
                                        .contains("the copy of public.filled fails", "duplicate key");
                                assertThat(finding.remedy()).contains("TRUNCATE it between ALTER SUBSCRIPTION");
                            }));

            sides.onTarget("alter subscription \"%s\" disable".formatted(sides.link()));
            sides.onTarget("truncate filled");
            sides.onTarget("alter subscription \"%s\" enable".formatted(sides.link()));
            sides.awaitReady(Side.TARGET, 1);
            sides.passes(Side.SOURCE, READY);
        }
    }

    /** Somebody looks at the plan in between, and follows an advice that publishes it again but does not copy it. */
    @Test
    @Proves({PUBLISHED, WHOLE})
    void aPartitionThatWasDetachedIsCopiedAnewHoweverItIsPublishedAgain() {
        try (SwitchSides sides = new SwitchSides(PARTITIONED)) {
            sides.onSource("insert into m values (1, 1)");
            sides.connect(Side.SOURCE, "m");
            sides.awaitReady(Side.TARGET, 1);
            sides.passes(Side.SOURCE, WHOLE);

            sides.both("alter table m detach partition m1");
            sides.onSource("insert into m1 values (2, 1)");
            assertThat(sides.reason(Side.SOURCE, PUBLISHED, false))
                    .contains("public.m1 is not sent any more", "Then copy it anew");
            sides.onSource("alter publication \"%s\" add table m1".formatted(sides.link()));
            sides.refresh("");
            sides.passes(Side.SOURCE, PUBLISHED);
            assertThat(sides.reason(Side.SOURCE, WHOLE, false))
                    .contains("public.m1 was not sent for a while", "on the target drop it and create it again");

            sides.onTarget("drop table m1; create table m1 (id int, d int, primary key (id, d))");
            sides.refresh("");
            sides.awaitReady(Side.TARGET, 1);
            sides.passes(Side.SOURCE, WHOLE);
            assertThat(sides.value(Side.TARGET, "select count(*) from m1")).isEqualTo("2");
        }
    }

    /** The server has it as ready at once, as one whose copy is over. */
    @Test
    @Proves(WHOLE)
    void aTableThatIsFollowedWithoutACopyIsNotTakenForOneThatWasCopied() {
        try (SwitchSides sides = new SwitchSides("create table plain (id int primary key)")) {
            sides.connect(Side.SOURCE, "plain");
            sides.awaitReady(Side.TARGET, 1);
            sides.passes(Side.SOURCE, WHOLE);

            sides.onSource("create table late (id int primary key); insert into late values (1)");
            sides.onTarget("create table late (id int primary key)");
            sides.onSource("alter publication \"%s\" add table late".formatted(sides.link()));
            sides.refresh("with (copy_data = false)");
            sides.awaitReady(Side.TARGET, 2);
            for (int look = 0; look < 2; look++) {
                assertThat(sides.reason(Side.SOURCE, WHOLE, false))
                        .contains(
                                "public.late is followed, but was not copied",
                                "on the target drop it and create it again")
                        .doesNotContain("public.plain");
            }
            sides.onTarget("drop table late; create table late (id int primary key)");
            sides.refresh("");
            sides.awaitReady(Side.TARGET, 2);
            sides.passes(Side.SOURCE, WHOLE);
            assertThat(sides.value(Side.TARGET, "select count(*) from late")).isEqualTo("1");

            sides.onSource("alter publication \"%s\" drop table plain".formatted(sides.link()));
            sides.refresh("");
            sides.reason(Side.SOURCE, PUBLISHED, false);
            sides.onSource("insert into plain values (1)");
            sides.passes(Side.SOURCE, WHOLE);
            sides.onSource("alter publication \"%s\" add table plain".formatted(sides.link()));
            sides.refresh("with (copy_data = false)");
            assertThat(sides.reason(Side.SOURCE, WHOLE, false))
                    .contains("public.plain is followed, but was not copied");
        }
    }

    /** Lag, workers and sentinel are fine, and so is every row of a table that is not partitioned. */
    @Test
    @Proves(WHOLE)
    void aPublicationThatSendsPartitionsAsTheirRootIsSeen() {
        try (SwitchSides sides = new SwitchSides(PARTITIONED + "create table plain (id int primary key)")) {
            sides.connect(Side.SOURCE, "m, plain");
            sides.awaitReady(Side.TARGET, 2);
            sides.passes(Side.SOURCE, WHOLE);

            sides.onSource("alter publication \"%s\" set (publish_via_partition_root = true)".formatted(sides.link()));
            sides.onSource("insert into m values (1, 1)");
            sides.onSource("insert into plain values (1)");
            await().atMost(SwitchSides.LONG)
                    .until(() -> sides.value(Side.TARGET, "select count(*) from plain")
                            .equals("1"));
            assertThat(sides.value(Side.TARGET, "select count(*) from m")).isEqualTo("0");

            Finding passedOver = sides.finding(Side.SOURCE, WHOLE);
            assertThat(passedOver.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
            assertThat(passedOver.objects()).containsExactly(sides.link());
            assertThat(passedOver.sentence())
                    .contains(
                            "the publication " + sides.link()
                                    + " sends changes of partitions as those of the table above them"
                                    + " (publish_via_partition_root)",
                            "what was written to partitions since then is missing on the target",
                            "ALTER PUBLICATION " + sides.link()
                                    + " SET (publish_via_partition_root = false), then copy those tables anew");
        }
    }
}
