package dev.upshift.records;

import dev.upshift.postgres.link.TableMark;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table as it was when both sides were known to be equal, or right before it was copied.
 *
 * @param mark as the side that feeds the other one had it
 * @param fed the one of its name on the other side
 */
public record MarkedTable(TableMark mark, Fed fed) {

    public MarkedTable {
        mark = mark.remembered();
    }

    /**
     * @param feeding as the feeding side has them
     * @param fed as the other side has them
     */
    public static List<MarkedTable> of(List<TableMark> feeding, List<TableMark> fed) {
        Map<TableName, TableMark> byName = fed.stream().collect(Collectors.toMap(TableMark::name, Function.identity()));
        return feeding.stream()
                .map(mark -> new MarkedTable(mark, Fed.of(Optional.ofNullable(byName.get(mark.name())))))
                .toList();
    }

    /** Each by the oid that it has on the side that feeds the other one. */
    public static Map<Long, MarkedTable> byOid(List<MarkedTable> tables) {
        return tables.stream().collect(Collectors.toMap(table -> table.mark().oid(), Function.identity()));
    }

    /** The same, with the triggers that the other side has by now. */
    public static List<MarkedTable> withTriggers(List<MarkedTable> tables, List<TableMark> fed) {
        return with(tables, fed, Fed::withTriggers);
    }

    /** The same, with the copies that the other side has by now. */
    public static List<MarkedTable> withCopies(List<MarkedTable> tables, List<TableMark> fed) {
        return with(tables, fed, Fed::copiedAs);
    }

    private static List<MarkedTable> with(
            List<MarkedTable> tables, List<TableMark> fed, BiFunction<Fed, TableMark, Fed> change) {
        Map<Long, TableMark> byOid = fed.stream().collect(Collectors.toMap(TableMark::oid, Function.identity()));
        return tables.stream()
                .map(table -> Optional.ofNullable(byOid.get(table.fed().oid()))
                        .map(now -> new MarkedTable(table.mark(), change.apply(table.fed(), now)))
                        .orElse(table))
                .toList();
    }

    /**
     * What is remembered of a table of the side that is fed.
     *
     * @param oid 0 where there was none of that name, or nobody noted it
     * @param file which a TRUNCATE that was sent changes as well; 0 where there was none
     * @param named see {@link TableMark}
     * @param columns see {@link TableMark}; none where nobody noted it
     * @param triggers likewise
     * @param copied see {@link TableMark}; empty where it was not copied yet, or nobody noted it
     */
    public record Fed(
            long oid, long file, String named, Optional<String> columns, Optional<String> triggers, String copied) {

        private static final Fed NONE = new Fed(0, 0, "", Optional.empty(), Optional.empty(), "");

        static Fed of(Optional<TableMark> table) {
            return table.map(mark -> new Fed(
                            mark.oid(),
                            mark.file(),
                            mark.named(),
                            Optional.of(mark.columns()),
                            Optional.of(mark.triggers()),
                            mark.copied()))
                    .orElse(NONE);
        }

        private Fed withTriggers(TableMark now) {
            return new Fed(oid, file, named, columns, Optional.of(now.triggers()), copied);
        }

        private Fed copiedAs(TableMark now) {
            return new Fed(oid, file, named, columns, triggers, now.copied());
        }
    }
}
