package dev.upshift.transfer.internal.copy;

import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.records.MarkedTable;
import java.util.List;

/** By what the tables of a new link are known: as they were before anything was copied, so that the copy counts, too. */
final class FirstMarks {

    private final ForwardLinks links;

    FirstMarks(ForwardLinks links) {
        this.links = links;
    }

    void begin(String database) {
        links.records()
                .keepMarks(
                        links.project().id(),
                        links.name(database),
                        MarkedTable.of(
                                links.onServers().marks(links.source(database)),
                                links.onServers().marks(links.target(database))));
    }

    /**
     * Everything is copied. The triggers that were held back are built by us, and switched on and off as on the source, or
     * by somebody who was asked to, while nothing arrives. Of what else is held back nothing writes columns.
     */
    void noteCopies(PostgresSession target, String database) {
        links.records().marks(links.project().id(), links.name(database)).ifPresent(known -> {
            List<TableMark> fed = links.onServers().marks(target);
            links.records()
                    .addMarks(
                            links.project().id(),
                            links.name(database),
                            MarkedTable.withCopies(MarkedTable.withTriggers(known, fed), fed));
        });
    }
}
