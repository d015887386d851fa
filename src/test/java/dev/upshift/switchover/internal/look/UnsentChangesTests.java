package dev.upshift.switchover.internal.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.link.TableMark.Added;
import dev.upshift.records.MarkedTable;
import dev.upshift.records.MarkedTable.Fed;
import dev.upshift.shared.TableName;
import dev.upshift.switchover.internal.look.UnsentChanges.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnsentChangesTests {

    private static final TableMark LONG = mark("long", 1, 10, 100, "5", "77");
    private static final TableMark SHORT = mark("short", 2, 20, 0, "5", "77");
    private static final TableMark THERE = mark("long", 9, 90, 0, "1", "1");
    private static final List<MarkedTable> MARKED = MarkedTable.of(List.of(LONG), List.of(THERE));

    @Test
    void nothingIsFoundWhereNothingWasDone() {
        assertThat(changes(List.of(), List.of()).isEmpty()).isTrue();
        assertThat(changes(List.of(LONG), List.of(LONG)).isEmpty()).isTrue();
        List<TableMark> many = IntStream.range(0, 10_000)
                .mapToObj(number -> mark("t" + number, number, number, number % 2, "5", "77"))
                .toList();
        assertThat(changes(many, many).isEmpty()).isTrue();
    }

    @Test
    void whatCameCountsWhereItIsNotAsItWasMadeAndWhatIsGoneDoesNot() {
        assertThat(changes(List.of(LONG), List.of(mark("made", 2, 2, 0, "5", "77")))
                        .isEmpty())
                .isTrue();
        assertThat(changes(List.of(LONG), List.of(mark("whole", 2, 0, 0, "5", "77")))
                        .isEmpty())
                .isTrue();
        assertThat(changes(List.of(LONG), List.of(SHORT)).of(Reason.CAME)).containsExactly(SHORT.name());
        assertThat(changes(List.of(LONG), List.of(SHORT)).concern(SHORT.oid())).isTrue();
    }

    @Test
    void rowsThatAlterTableHasWrittenAnewAreToldByToast() {
        assertThat(changes(List.of(LONG), List.of(mark("long", 1, 11, 101, "5", "77")))
                        .of(Reason.REWRITTEN))
                .containsExactly(LONG.name());
    }

    @Test
    void vacuumFullClusterAndTruncateLeaveToastAndAreNoDoubt() {
        assertThat(changes(List.of(LONG), List.of(mark("long", 1, 11, 100, "5", "77")))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void withoutToastOnlyATruncateThatHasArrivedIsToldFromWorse() {
        TableMark now = mark("short", 2, 21, 0, "5", "77");
        List<MarkedTable> before = MarkedTable.of(List.of(SHORT), List.of(mark("short", 9, 90, 0, "1", "1")));

        UnsentChanges notThere = UnsentChanges.of(before, List.of(now), List.of(mark("short", 9, 90, 0, "1", "1")));
        UnsentChanges there = UnsentChanges.of(before, List.of(now), List.of(mark("short", 9, 91, 0, "1", "1")));

        assertThat(notThere.of(Reason.UNTOLD)).containsExactly(SHORT.name());
        assertThat(there.isEmpty()).isTrue();
    }

    @Test
    void namesThatWereChangedShowAlsoWhenTheyWereChangedBack() {
        List<TableMark> before = List.of(mark("a", 1, 1, 1, "5", ""), mark("b", 2, 2, 2, "5", ""));

        assertThat(changes(before, List.of(mark("b", 1, 1, 1, "6", ""), mark("a", 2, 2, 2, "6", "")))
                        .of(Reason.RENAMED))
                .containsExactly(name("a"), name("b"));
        assertThat(changes(before, List.of(mark("a", 1, 1, 1, "7", ""), mark("b", 2, 2, 2, "5", "")))
                        .of(Reason.RENAMED))
                .containsExactly(name("a"));
    }

    @Test
    void whatIsNotLoggedNowIsToldOnceItIsAgain() {
        TableMark unlogged = new TableMark(LONG.name(), 1, true, 11, 101, "5", "77", "", "", Added.NOTHING);

        assertThat(changes(List.of(LONG), List.of(unlogged)).isEmpty()).isTrue();
        assertThat(changes(List.of(unlogged), List.of(mark("long", 1, 12, 102, "5", "77")))
                        .of(Reason.REWRITTEN))
                .containsExactly(LONG.name());
    }

    /** Other than ALTER TABLE, VACUUM FULL makes none where the last long column was dropped, and a TRUNCATE keeps it. */
    @Test
    void toastThatIsGoneIsNotToldFromWorse() {
        TableMark now = mark("long", 1, 11, 0, "5", "77");

        UnsentChanges changes = UnsentChanges.of(
                MarkedTable.of(List.of(LONG), List.of(mark("long", 9, 90, 0, "1", "1"))),
                List.of(now),
                List.of(mark("long", 9, 91, 0, "1", "1")));

        assertThat(changes.of(Reason.UNTOLD)).containsExactly(LONG.name());
        assertThat(changes.of(Reason.REWRITTEN)).isEmpty();
    }

    @Test
    void namesThatWereChangedOnTheOtherSideShowAlsoWhenTheyWereChangedBack() {
        List<TableMark> from = List.of(mark("a", 1, 1, 1, "5", ""), mark("b", 2, 2, 2, "5", ""));
        List<MarkedTable> before =
                MarkedTable.of(from, List.of(mark("a", 8, 1, 1, "3", ""), mark("b", 9, 2, 2, "3", "")));

        UnsentChanges exchanged =
                UnsentChanges.of(before, from, List.of(mark("b", 8, 1, 1, "4", ""), mark("a", 9, 2, 2, "4", "")));
        UnsentChanges back =
                UnsentChanges.of(before, from, List.of(mark("a", 8, 1, 1, "4", ""), mark("b", 9, 2, 2, "3", "")));

        assertThat(exchanged.of(Reason.RENAMED_THERE)).containsExactly(name("a"), name("b"));
        assertThat(exchanged.of(Reason.RENAMED)).isEmpty();
        assertThat(exchanged.concern(1) && exchanged.concern(2)).isTrue();
        assertThat(back.of(Reason.RENAMED_THERE)).containsExactly(name("a"));
        assertThat(back.concern(2)).isFalse();
    }

    /** The worker that was running applies to another table of that name as if it were the one from before. */
    @Test
    void whatWasDroppedOnTheOtherSideOrCopiedAgainMayHaveRowsTwice() {
        TableMark copied = copied(THERE, "0/1A");
        List<MarkedTable> known = MarkedTable.of(List.of(LONG), List.of(copied));

        assertThat(again(known, List.of())).containsExactly(LONG.name());
        assertThat(again(known, List.of(copied(mark("long", 10, 10, 0, "2", "2"), "0/2B"))))
                .containsExactly(LONG.name());
        assertThat(again(known, List.of(copied(THERE, "0/2B")))).containsExactly(LONG.name());
        assertThat(again(known, List.of(copied(THERE, "")))).as("being copied").containsExactly(LONG.name());
        assertThat(again(known, List.of(copied))).isEmpty();
        assertThat(again(MARKED, List.of(copied))).as("its first copy").isEmpty();
    }

    private static List<TableName> again(List<MarkedTable> known, List<TableMark> there) {
        return UnsentChanges.of(known, List.of(LONG), there).of(Reason.COPIED_AGAIN);
    }

    private static TableMark copied(TableMark mark, String place) {
        return new TableMark(
                mark.name(),
                mark.oid(),
                false,
                mark.file(),
                mark.toast(),
                mark.named(),
                mark.columns(),
                "",
                place,
                Added.NOTHING);
    }

    @Test
    void whatWasNeverNotedThereIsNobodysBusinessHere() {
        assertThat(UnsentChanges.of(MarkedTable.of(List.of(LONG), List.of()), List.of(LONG), List.of(LONG))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void columnsThatWereChangedShow() {
        assertThat(changes(List.of(LONG), List.of(mark("long", 1, 10, 100, "5", "78")))
                        .of(Reason.COLUMNS))
                .containsExactly(LONG.name());
    }

    @Test
    void columnsThatWereAddedAlikeOnBothSidesAreNoDoubt() {
        TableMark grown = grown(LONG, "one", "two");

        assertThat(UnsentChanges.of(MARKED, List.of(grown), List.of(grown(THERE, "two", "one", "three")))
                        .isEmpty())
                .isTrue();
        assertThat(UnsentChanges.of(MARKED, List.of(LONG), List.of(grown(THERE, "one")))
                        .isEmpty())
                .isTrue();
        assertThat(UnsentChanges.of(MARKED, List.of(grown), List.of(grown(THERE, "one")))
                        .of(Reason.ADDED))
                .containsExactly(LONG.name());
        assertThat(UnsentChanges.of(MARKED, List.of(grown), List.of()).of(Reason.ADDED))
                .containsExactly(LONG.name());
    }

    @Test
    void columnsThatWereAddedAndHadSomethingInThemAre() {
        UnsentChanges changes = UnsentChanges.of(MARKED, List.of(filled(LONG)), List.of(filled(THERE)));

        assertThat(changes.of(Reason.ADDED)).containsExactly(LONG.name());
        assertThat(UnsentChanges.of(MARKED, List.of(LONG), List.of(filled(THERE)))
                        .of(Reason.COLUMNS_THERE))
                .containsExactly(LONG.name());
    }

    @Test
    void columnsThatWereChangedBesidesStayChanged() {
        TableMark other = with(LONG, "79", "", new Added("78", List.of("one"), true));

        assertThat(UnsentChanges.of(MARKED, List.of(other), List.of(grown(THERE, "one")))
                        .of(Reason.COLUMNS))
                .containsExactly(LONG.name());
    }

    /** The writer of another type is the table's, too. */
    @Test
    void columnsThatWereAddedAndWrittenAnewStayChanged() {
        TableMark grown = grown(THERE, "one");
        TableMark there = new TableMark(
                grown.name(), 9, false, 91, grown.toast(), grown.named(), grown.columns(), "", "", grown.added());

        assertThat(UnsentChanges.of(MARKED, List.of(grown(LONG, "one")), List.of(there))
                        .of(Reason.COLUMNS_THERE))
                .containsExactly(LONG.name());
    }

    @Test
    void columnsAndTriggersOfTheOtherSideShow() {
        UnsentChanges columns = UnsentChanges.of(MARKED, List.of(LONG), List.of(with(THERE, "2", "", Added.NOTHING)));
        UnsentChanges triggers = UnsentChanges.of(MARKED, List.of(LONG), List.of(with(THERE, "1", "3", Added.NOTHING)));

        assertThat(columns.of(Reason.COLUMNS_THERE)).containsExactly(LONG.name());
        assertThat(triggers.of(Reason.TRIGGERS_THERE)).containsExactly(LONG.name());
        assertThat(triggers.concern(LONG.oid())).isTrue();
    }

    @Test
    void whatWasNeverNotedOfTheOtherSideIsNoDoubt() {
        MarkedTable old = new MarkedTable(LONG, new Fed(9, 90, "1", Optional.empty(), Optional.empty(), ""));

        assertThat(UnsentChanges.of(List.of(old), List.of(LONG), List.of(with(THERE, "2", "3", Added.NOTHING)))
                        .isEmpty())
                .isTrue();
    }

    private static TableMark grown(TableMark mark, String... columns) {
        return with(mark, "grown", "", new Added(mark.columns(), List.of(columns), true));
    }

    private static TableMark filled(TableMark mark) {
        return with(mark, "filled", "", new Added(mark.columns(), List.of("one"), false));
    }

    private static TableMark with(TableMark mark, String columns, String triggers, Added added) {
        return new TableMark(
                mark.name(), mark.oid(), false, mark.file(), mark.toast(), mark.named(), columns, triggers, "", added);
    }

    private static UnsentChanges changes(List<TableMark> before, List<TableMark> now) {
        return UnsentChanges.of(MarkedTable.of(before, before), now, before);
    }

    private static TableMark mark(String name, long oid, long file, long toast, String named, String columns) {
        return new TableMark(name(name), oid, false, file, toast, named, columns, "", "", Added.NOTHING);
    }

    private static TableName name(String name) {
        return new TableName("public", name);
    }
}
