package dev.upshift.switchover.internal.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.link.TableMark.Added;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NextMarksTests {

    private static final TableMark HERE = mark("short", 1, 10, false);
    private static final TableMark THERE = mark("short", 2, 20, false);

    @Test
    void nothingIsNotedWhereNothingIsOther() {
        List<TableMark> many = IntStream.range(0, 10_000)
                .mapToObj(number -> mark("t" + number, number + 1, number, false))
                .toList();

        assertThat(NextMarks.of(List.of(), List.of(), List.of(), List.of())).isEmpty();
        assertThat(next(many, many, many, many)).isEmpty();
    }

    /** Else that file would explain any other one on the side that is left from then on. */
    @Test
    void anotherFileOnTheOtherSideAloneIsNoted() {
        List<TableMark> vacuumed = List.of(mark("short", 2, 21, false));
        List<MarkedTable> next = next(List.of(THERE), List.of(HERE), vacuumed, List.of(HERE));

        assertThat(next).isEqualTo(MarkedTable.of(List.of(HERE), vacuumed));
        assertThat(UnsentChanges.of(next, List.of(mark("short", 1, 11, false)), vacuumed)
                        .isEmpty())
                .isFalse();
    }

    @Test
    void whatWasEmptiedBetweenTheLooksIsLeftForAnother() {
        List<TableMark> emptied = List.of(mark("short", 1, 11, false));

        assertThat(next(List.of(THERE), List.of(HERE), List.of(mark("short", 2, 21, false)), emptied))
                .isEmpty();
        assertThat(next(List.of(THERE), List.of(HERE), List.of(mark("short", 2, 21, false)), List.of()))
                .isEmpty();
    }

    @Test
    void aDoubtStaysAndWhatIsNotLoggedToo() {
        List<TableMark> rewritten = List.of(mark("short", 1, 11, false));
        List<TableMark> unlogged = List.of(mark("short", 1, 11, true));

        assertThat(next(List.of(THERE), rewritten, List.of(THERE), rewritten)).isEmpty();
        assertThat(next(List.of(THERE), unlogged, List.of(mark("short", 2, 21, false)), unlogged))
                .isEmpty();
    }

    @Test
    void whatCameIsNoted() {
        TableMark came = mark("came", 3, 3, false);

        assertThat(next(List.of(THERE), List.of(HERE, came), List.of(THERE), List.of(HERE, came)))
                .isEqualTo(MarkedTable.of(List.of(came), List.of()));
    }

    @Test
    void whatCameAndIsNotWhereItWasMadeIsNotNoted() {
        TableMark came = mark("came", 3, 30, false);

        assertThat(next(List.of(THERE), List.of(HERE, came), List.of(THERE), List.of(HERE, came)))
                .isEmpty();
    }

    @Test
    void whatCameAndIsNotLoggedIsNotedAsThat() {
        TableMark came = mark("came", 3, 30, true);

        assertThat(next(List.of(THERE), List.of(HERE, came), List.of(THERE), List.of(HERE, came)))
                .isEqualTo(MarkedTable.of(List.of(came), List.of()));
    }

    private static List<MarkedTable> next(
            List<TableMark> marked, List<TableMark> from, List<TableMark> to, List<TableMark> again) {
        List<TableMark> here = marked.equals(List.of(THERE)) ? List.of(HERE) : marked;
        return NextMarks.of(MarkedTable.of(here, marked), from, to, again);
    }

    private static TableMark mark(String name, long oid, long file, boolean unlogged) {
        return new TableMark(new TableName("public", name), oid, unlogged, file, 0, "5", "77", "", "", Added.NOTHING);
    }
}
