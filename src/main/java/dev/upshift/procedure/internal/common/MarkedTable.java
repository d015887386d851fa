package dev.upshift.procedure.internal.common;

import dev.upshift.postgres.TableMark;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table as it was when both sides were known to be equal, or right before it was copied.
 *
 * @param mark as the side that feeds the other one had it
 * @param fedFile the file of the one of its name on the other side, which a TRUNCATE that was sent changes as well; 0
 *     where there was none
 */
public record MarkedTable(TableMark mark, long fedFile) {

    /**
     * @param feeding as the feeding side has them
     * @param fed as the other side has them
     */
    public static List<MarkedTable> of(List<TableMark> feeding, List<TableMark> fed) {
        Map<TableName, Long> files = files(fed);
        return feeding.stream()
                .map(mark -> new MarkedTable(mark, files.getOrDefault(mark.name(), 0L)))
                .toList();
    }

    /** The file of each table. */
    public static Map<TableName, Long> files(List<TableMark> marks) {
        return marks.stream().collect(Collectors.toMap(TableMark::name, TableMark::file));
    }
}
