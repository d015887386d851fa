package dev.upshift.switchover.internal.wayback;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.records.LinkRecords;
import dev.upshift.records.MarkedTable;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Marks the tables of the side that is entered for the way back, while nobody is served there: what a TRUNCATE has
 * changed on the side that is left by then is to have arrived in between.
 */
public final class WayBackMarks {

    private final Switch sw;
    private final Map<String, List<TableMark>> left = new ConcurrentHashMap<>();

    public WayBackMarks(Switch sw) {
        this.sw = sw;
    }

    /** Before a barrier. */
    public void begin() {
        sw.fanOut()
                .forEach(
                        sw.databases(),
                        database -> left.put(database, sw.servers().links().marks(sw.onFrom(database))));
    }

    /** After it. */
    public void keep() {
        sw.fanOut()
                .forEach(
                        sw.databases(),
                        database -> sw.records()
                                .links()
                                .keepMarks(
                                        sw.project().id(),
                                        sw.wayBack(database),
                                        MarkedTable.of(
                                                sw.servers().links().marks(sw.onTo(database)),
                                                left.getOrDefault(database, List.of()))));
    }

    /** Once it is followed, past the pivot: a table that is copied again after that is told by it. */
    static void noteCopies(Switch sw, String database) {
        LinkRecords records = sw.records().links();
        long project = sw.project().id();
        String link = sw.wayBack(database);
        records.marks(project, link)
                .ifPresent(known -> records.addMarks(
                        project,
                        link,
                        MarkedTable.withCopies(
                                known,
                                sw.pool()
                                        .reliably(
                                                sw.from(),
                                                database,
                                                Role.READ,
                                                session -> sw.servers().links().marks(session)))));
    }
}
