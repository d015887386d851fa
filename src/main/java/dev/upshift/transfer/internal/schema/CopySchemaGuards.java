package dev.upshift.transfer.internal.schema;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.SchemaCopy.SchemaComparison;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a copy of the schema must not start without. */
final class CopySchemaGuards {

    private final Project project;
    private final Ports ports;
    private final CopyGuards copy;
    private final BothSchemas schemas;

    CopySchemaGuards(Project project, Ports ports, CopyGuards copy) {
        this.project = project;
        this.ports = ports;
        this.copy = copy;
        this.schemas = new BothSchemas(project, ports);
    }

    void look(GuardBook book) {
        book.look(
                "target-empty-or-same",
                "The target has no objects yet, or the very same.",
                () -> project.databases().stream()
                        .flatMap(database -> objections(database).stream())
                        .toList());
        book.look(
                "target-lock-table",
                "The target has room for the locks that making its schema takes.",
                this::withoutRoom);
        try (SessionPool pool = new SessionPool(ports, project, PostgresSessions.SHORT)) {
            copy.lookAtFunctions(book, project, pool);
            copy.lookAtEventTriggers(book, project, pool);
            copy.lookAtTriggers(book, project, pool);
        }
    }

    /** A database that has its schema already needs no room. */
    private List<String> withoutRoom() {
        LockTable locks;
        try (PostgresSession maintenance = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            locks = LockTable.of(ports.servers().catalog().settings(maintenance, LockTable.settings()));
        }
        List<String> objections = new ArrayList<>();
        for (String database : project.databases()) {
            try (PostgresSession source = schemas.open(Side.SOURCE, database)) {
                locks.objection(database, ports.servers().catalog().relations(source))
                        .filter(tooMany -> schemas.compare(database).targetEmpty())
                        .ifPresent(objections::add);
            }
        }
        return objections;
    }

    private List<String> objections(String database) {
        SchemaComparison comparison = schemas.compare(database);
        return comparison.targetEmpty() || comparison.isSame()
                ? List.of()
                : List.of(
                        "%s on the target is neither empty nor the same as on the source: %s. Drop it, or make it equal."
                                .formatted(database, Names.some(comparison.differences())));
    }
}
