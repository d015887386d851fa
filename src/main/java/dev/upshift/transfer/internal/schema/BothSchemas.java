package dev.upshift.transfer.internal.schema;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.postgres.schema.SchemaCopy.SchemaComparison;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.List;

/** The schemas of both sides of a project, looked at over sessions of their own. */
final class BothSchemas {

    private final Project project;
    private final Ports ports;

    BothSchemas(Project project, Ports ports) {
        this.project = project;
        this.ports = ports;
    }

    /**
     * A database that the target lacks counts as empty. One that an earlier run has filled and had to leave need not have
     * yet what was held back there.
     */
    SchemaComparison compare(String database) {
        try (PostgresSession source = open(Side.SOURCE, database);
                PostgresSession maintenance = open(Side.TARGET, CopySchema.MAINTENANCE)) {
            if (!ports.servers().catalog().databaseExists(maintenance, database)) {
                return new SchemaComparison(true, List.of());
            }
            try (PostgresSession target = open(Side.TARGET, database)) {
                return ports.servers().schemaCopy().compare(source, target, isKept(database));
            }
        }
    }

    /** Whether something is held back for the database, by this run or by an earlier one. */
    boolean isKept(String database) {
        return ports.records().heldBack().databases(project.id()).contains(database);
    }

    boolean hasDatabase(PostgresSession session, String database) {
        return ports.servers().catalog().databaseExists(session, database);
    }

    PostgresSession open(Side side, String database) {
        return ports.servers().sessions().open(project.cluster(side).endpoint(), database, PostgresSessions.SHORT);
    }
}
