package dev.upshift.transfer.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import dev.upshift.postgres.link.LinkObjects.Kind;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.PublishedObject;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.postgres.link.LinkObjects.SubscribedObject;
import dev.upshift.records.CarriedTable;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkDifferencesTests {

    private final List<PublishedObject> from = new ArrayList<>();
    private final List<SubscribedObject> to = new ArrayList<>();
    private final Map<TableName, CarriedTable> known = new HashMap<>();

    @Test
    void nothingIsWrongWithNoTableOneAndMany() {
        assertThat(found()).isEmpty();
        carried("orders", 1, 101);
        assertThat(found()).isEmpty();
        Stream.of("a", "b", "c").forEach(name -> carried(name, name.hashCode(), name.length()));
        known.put(name("orders"), new CarriedTable(1, 101, "0/1", "7"));
        assertThat(found()).isEmpty();
        assertThat(look().tables()).isEqualTo(4);
    }

    @Test
    void aTableThatCameLater() {
        there("late", Kind.TABLE, false, false);
        here("late", Kind.TABLE, null, null);

        assertThat(found()).containsExactly(Reason.UNPUBLISHED);
        assertThat(words()).contains("public.late came after replication was set up");
    }

    @Test
    void aPartitionThatTheEnteredSideLacksOrDoesNotReadYet() {
        there("part_1", Kind.TABLE, true, false);
        there("part_2", Kind.TABLE, true, false);
        here("part_2", Kind.TABLE, null, null);

        assertThat(found()).containsExactly(Reason.MISSING, Reason.UNSUBSCRIBED);
        assertThat(words()).contains("lacks public.part_1").contains("is not subscribed to public.part_2 yet");
    }

    /** The worker there may know the former one as copied, and apply to the new one what its copy brings as well. */
    @Test
    void aTableThatWasCarriedAndThenDroppedThereIsCopiedAnew() {
        there("part_1", Kind.TABLE, true, false);
        known.put(name("part_1"), new CarriedTable(1, 101, "0/1", "7"));

        assertThat(found()).containsExactly(Reason.DROPPED_THERE);
        assertThat(words())
                .contains("it lacks public.part_1, which is on the source and was carried before", "DISABLE")
                .doesNotContain("Create it there first");
    }

    @Test
    void aPartitionedTableHasNoRowsToSubscribeTo() {
        there("part", Kind.PARTITIONED, true, false);
        here("part", Kind.PARTITIONED, null, null);

        assertThat(found()).isEmpty();
    }

    @Test
    void aTableThatIsBeingCopied() {
        there("big", Kind.TABLE, true, false);
        here("big", Kind.TABLE, "d", null);

        assertThat(found()).containsExactly(Reason.NOT_READY);
        assertThat(words()).contains("not ready yet, 1 of 1 tables: public.big.");
    }

    @Test
    void whatIsUnloggedIsLeftOutUnlessItWasReplicated() {
        there("scratch", Kind.TABLE, false, true);
        here("scratch", Kind.TABLE, null, null);
        assertThat(found()).isEmpty();

        there("was_logged", Kind.TABLE, true, true);
        here("was_logged", Kind.TABLE, "r", "0/1");
        assertThat(found()).containsExactly(Reason.UNLOGGED);
    }

    @Test
    void anEnteredSideThatWouldLoseItInACrash() {
        there("orders", Kind.TABLE, true, false);
        to.add(new SubscribedObject(name("orders"), 1, Kind.TABLE, true, "r", "0/1"));

        assertThat(found()).containsExactly(Reason.UNLOGGED_THERE);
    }

    @Test
    void aPublicationThatLeavesSomethingOut() {
        from.add(new PublishedObject(name("orders"), 1, Kind.TABLE, false, "7", true));
        here("orders", Kind.TABLE, "r", "0/1");

        assertThat(found()).containsExactly(Reason.IN_PART);
    }

    @Test
    void aTableThatWasMadeAgainOnEitherSideUnlessItWasCopiedSince() {
        carried("orders", 2, 101);
        known.put(name("orders"), new CarriedTable(1, 101, "0/1", "7"));
        assertThat(found()).containsExactly(Reason.MADE_AGAIN);

        known.put(name("orders"), new CarriedTable(2, 100, "0/1", "7"));
        assertThat(found()).containsExactly(Reason.MADE_AGAIN);

        known.put(name("orders"), new CarriedTable(1, 100, "0/0", "7"));
        assertThat(found()).isEmpty();

        known.put(name("orders"), new CarriedTable(1, 100, null, "7"));
        assertThat(found()).isEmpty();
    }

    /** The subscriber knows it as copied and would never copy it again, however it is published. */
    @Test
    void aTableThatIsNotSentAnyMoreOrWasNotForAWhile() {
        there("part_1", Kind.TABLE, false, false);
        here("part_1", Kind.TABLE, "r", "0/1");
        assertThat(found()).containsExactly(Reason.TAKEN_OUT);
        assertThat(words()).contains("public.part_1 is not sent any more").doesNotContain("came after");

        from.clear();
        to.clear();
        carried("part_1", 1, 101);
        known.put(name("part_1"), new CarriedTable(1, 101, "0/1", "7/800"));
        assertThat(found()).containsExactly(Reason.PUT_BACK);
        assertThat(words()).contains("public.part_1 was not sent for a while");

        known.put(name("part_1"), new CarriedTable(1, 101, "0/0", "7/800"));
        assertThat(found()).as("copied since").isEmpty();
        known.put(name("part_1"), new CarriedTable(1, 101, "0/1", null));
        assertThat(found()).as("noted by an older version").isEmpty();
    }

    @Test
    void aTableThatIsFollowedAndWasNotCopiedUnlessTheLinkBeganLikeThat() {
        there("late", Kind.TABLE, true, false);
        here("late", Kind.TABLE, "r", null);
        assertThat(found()).as("the first that a link without tables gets").containsExactly(Reason.NEVER_COPIED);
        carried("orders", 2, 102);
        known.put(name("orders"), new CarriedTable(2, 102, "0/1", "7"));
        assertThat(found()).containsExactly(Reason.NEVER_COPIED);
        assertThat(words()).contains("public.late is followed, but was not copied");

        known.put(name("late"), new CarriedTable(1, 1, "0/1", "7"));
        assertThat(found()).as("subscribed to anew since").containsExactly(Reason.NEVER_COPIED);
        known.put(name("late"), new CarriedTable(1, 1, null, "7"));
        assertThat(found()).as("a way back began with it").isEmpty();
        assertThat(LinkDifferences.of(new Published(true, false, from), new Subscribed(1, true, true, to), null)
                        .of(Reason.NEVER_COPIED))
                .as("nothing was noted of the link")
                .isEmpty();
    }

    /** What a way back carries was not copied, and may be renamed on both sides while it does. */
    @Test
    void aTableThatWasRenamedIsTheOneThatWasSeenBefore() {
        there("logs_old", Kind.TABLE, true, false);
        here("logs_old", Kind.TABLE, "r", null);
        known.put(name("orders"), new CarriedTable(2, 102, null, "7"));
        assertThat(found()).containsExactly(Reason.NEVER_COPIED);

        known.put(name("logs"), new CarriedTable(1, 1, null, "7"));
        assertThat(found()).isEmpty();

        carried("logs", 3, 103);
        assertThat(found()).as("another one has its name, and was copied").isEmpty();
    }

    @Test
    void whatTheSubscriberStillHasIsNotForgottenWhileItIsNotSent() {
        CarriedTable before = new CarriedTable(1, 101, "0/1", "7/800");
        known.put(name("part_1"), before);
        known.put(name("dropped"), before);
        there("part_1", Kind.TABLE, false, false);
        here("part_1", Kind.TABLE, "r", "0/1");
        carried("orders", 2, 102);

        assertThat(CarriedTable.known(known, new Published(true, false, from), new Subscribed(7, true, true, to)))
                .containsOnly(
                        Map.entry(name("part_1"), before),
                        Map.entry(name("orders"), new CarriedTable(2, 102, "0/1", "7")));
    }

    /** As on a way back whose publication lacked it when the other side subscribed: nothing there knows of it. */
    @Test
    void aTableThatTheLinkWasMadeWithDoesNotComeLater() {
        there("orders", Kind.TABLE, false, false);
        here("orders", Kind.TABLE, null, null);
        known.put(name("orders"), new CarriedTable(1, 1, null, "7"));
        assertThat(found()).containsExactly(Reason.TAKEN_OUT);
        assertThat(words()).contains("public.orders is not sent any more").doesNotContain("came after");

        from.clear();
        there("orders", Kind.TABLE, true, false);
        assertThat(found()).containsExactly(Reason.PUT_BACK);
        assertThat(words()).contains("public.orders was not sent for a while").doesNotContain("is not subscribed");

        known.put(name("orders"), new CarriedTable(1, 9, null, "7"));
        assertThat(found())
                .as("made again there, where a worker may know it as copied")
                .containsExactly(Reason.MADE_AGAIN);
    }

    @Test
    void whatIsPreparedIsWhatIsSentAndThereOnBothSides() {
        carried("orders", 2, 102);
        there("lacking", Kind.TABLE, true, false);
        there("own", Kind.TABLE, false, false);
        here("own", Kind.TABLE, null, null);

        assertThat(CarriedTable.prepared(new Published(true, false, from), new Subscribed(0, false, false, to)))
                .containsOnly(Map.entry(name("orders"), new CarriedTable(2, 102, null, "7")));
    }

    /** Only what was sent all the time is as copied as its copy says. */
    @Test
    void aCopyCountsFromTheBeginningUnlessTheTableLeftTheLink() {
        carried("orders", 2, 102);
        carried("gone_for_a_while", 3, 103);
        carried("made_again_there", 4, 104);
        known.put(name("orders"), new CarriedTable(2, 102, null, "7"));
        known.put(name("gone_for_a_while"), new CarriedTable(3, 103, null, "6"));
        known.put(name("made_again_there"), new CarriedTable(4, 99, null, "7"));
        known.put(name("looked_at"), new CarriedTable(5, 105, "0/0", "6"));
        carried("looked_at", 5, 105);
        known.putAll(
                CarriedTable.withCopies(known, new Published(true, false, from), new Subscribed(7, true, true, to)));

        assertThat(known)
                .containsEntry(name("orders"), new CarriedTable(2, 102, "0/1", "7"))
                .containsEntry(name("gone_for_a_while"), new CarriedTable(3, 103, "0/1", "6"))
                .containsEntry(name("made_again_there"), new CarriedTable(4, 104, "0/1", "7"));
        assertThat(look().of(Reason.PUT_BACK)).containsExactly(name("gone_for_a_while"));
        assertThat(look().of(Reason.MADE_AGAIN)).isEmpty();
    }

    @Test
    void aSequenceThatTheEnteredSideLacks() {
        there("numbers", Kind.SEQUENCE, false, false);
        assertThat(found()).containsExactly(Reason.NO_SEQUENCE);

        here("numbers", Kind.SEQUENCE, null, null);
        assertThat(found()).isEmpty();
    }

    @Test
    void publicationAndSubscriptionThemselves() {
        CarriedLink broken = new CarriedLink(
                "shop",
                Side.SOURCE,
                "the_link",
                new Published(false, true, List.of()),
                new Subscribed(7, true, false, List.of()),
                look(),
                false);

        assertThat(broken.ends())
                .hasSize(3)
                .allMatch(finding -> finding.sentence().contains("the_link"));
    }

    private void carried(String name, long oid, long oidThere) {
        from.add(new PublishedObject(name(name), oid, Kind.TABLE, false, "7", false));
        to.add(new SubscribedObject(name(name), oidThere, Kind.TABLE, false, "r", "0/1"));
    }

    private void there(String name, Kind kind, boolean sent, boolean unlogged) {
        from.add(new PublishedObject(name(name), 1, kind, unlogged, sent ? "7" : null, false));
    }

    private void here(String name, Kind kind, @Nullable String letter, @Nullable String copied) {
        to.add(new SubscribedObject(name(name), 1, kind, false, letter, copied));
    }

    private static TableName name(String table) {
        return new TableName("public", table);
    }

    private LinkDifferences look() {
        return LinkDifferences.of(new Published(true, false, from), new Subscribed(1, true, true, to), known);
    }

    private List<Reason> found() {
        LinkDifferences differences = look();
        return EnumSet.allOf(Reason.class).stream()
                .filter(reason -> !differences.of(reason).isEmpty())
                .toList();
    }

    private String words() {
        CarriedLink link = new CarriedLink(
                "shop",
                Side.SOURCE,
                "the_link",
                new Published(true, false, from),
                new Subscribed(1, true, true, to),
                look(),
                false);
        return String.join(" ", Finding.sentences(link.findings()));
    }
}
