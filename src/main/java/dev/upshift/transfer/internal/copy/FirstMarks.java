package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.TableMark;
import dev.upshift.project.Project;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.util.List;

/** By what the tables of a new link are known: as they were before anything was copied, so that the copy counts, too. */
final class FirstMarks {

    private final Project project;
    private final Ports ports;
    private final SessionPool pool;

    FirstMarks(Project project, Ports ports, SessionPool pool) {
        this.project = project;
        this.ports = ports;
        this.pool = pool;
    }

    void begin(String database) {
        ports.records()
                .links()
                .keepMarks(
                        project.id(),
                        link(database),
                        MarkedTable.of(
                                ports.servers().links().marks(pool.work(Side.SOURCE, database)),
                                ports.servers().links().marks(pool.work(Side.TARGET, database))));
    }

    /**
     * Everything is copied. The triggers that were held back are built by us, and switched on and off as on the source, or
     * by somebody who was asked to, while nothing arrives. Of what else is held back nothing writes columns.
     */
    void noteCopies(PostgresSession target, String database) {
        ports.records().links().marks(project.id(), link(database)).ifPresent(known -> {
            List<TableMark> fed = ports.servers().links().marks(target);
            ports.records()
                    .links()
                    .addMarks(
                            project.id(),
                            link(database),
                            MarkedTable.withCopies(MarkedTable.withTriggers(known, fed), fed));
        });
    }

    private String link(String database) {
        return LinkNames.link(project.slug(), database, Direction.FORWARD);
    }
}
