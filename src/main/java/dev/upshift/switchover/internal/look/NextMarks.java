package dev.upshift.switchover.internal.look;

import dev.upshift.postgres.link.TableMark;
import dev.upshift.records.MarkedTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the next look at tables compares with, where it is other than what is known. A doubt stays, and so does what is
 * not there or not logged for a while. What is no doubt is noted anew also where only the other side's file is another
 * one, for that file is what would explain another one here.
 */
final class NextMarks {

    private NextMarks() {}

    /**
     * @param from the tables of the side that is left, looked at before those of the other side
     * @param again the same, looked at after them: one that was emptied in between is left for another look, since
     *     nobody knows whether the other side's file was the one from before
     */
    static List<MarkedTable> of(
            List<MarkedTable> known, List<TableMark> from, List<TableMark> to, List<TableMark> again) {
        Map<Long, MarkedTable> before = MarkedTable.byOid(known);
        Map<Long, Long> files = again.stream().collect(Collectors.toMap(TableMark::oid, TableMark::file));
        UnsentChanges changes = UnsentChanges.of(known, from, to);
        return MarkedTable.of(from, to).stream()
                .filter(now -> {
                    TableMark mark = now.mark();
                    boolean stays = changes.concern(mark.oid()) || (before.containsKey(mark.oid()) && mark.unlogged());
                    return !stays
                            && !now.equals(before.get(mark.oid()))
                            && Optional.of(mark.file()).equals(Optional.ofNullable(files.get(mark.oid())));
                })
                .toList();
    }
}
