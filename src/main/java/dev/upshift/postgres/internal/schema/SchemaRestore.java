package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.internal.tool.InstalledTools;
import dev.upshift.postgres.internal.tool.ToolConnection;
import dev.upshift.postgres.internal.tool.ToolProcesses;
import dev.upshift.postgres.internal.tool.ToolSettings;
import dev.upshift.postgres.internal.tool.Tools;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Puts what is needed before the data into the target, in one transaction: all of it or nothing. */
@Component
class SchemaRestore {

    private final PostgresSessions sessions;
    private final InstalledTools installed;
    private final ToolProcesses processes;
    private final ToolSettings settings;

    SchemaRestore(PostgresSessions sessions, InstalledTools installed, ToolProcesses processes, ToolSettings settings) {
        this.sessions = sessions;
        this.installed = installed;
        this.processes = processes;
        this.settings = settings;
    }

    void put(SchemaArchive archive, Endpoint target, String database) {
        Prepared prepared = prepare(archive, target, database);
        try (ArchiveFile file = ArchiveFile.of(archive.custom(), archive.immediate())) {
            RestoredObject object = new RestoredObject();
            ToolProcesses.Outcome outcome = processes.run(
                    command(prepared.tools(), database, file.listPath(), file.path()),
                    prepared.environment(),
                    settings.copyTimeout(),
                    object);
            if (!outcome.succeeded()) {
                throw new SchemaCopyFailed("The schema could not be put into database " + database + " on "
                        + target.address() + ", which is as it was before: " + object.at() + outcome.complaint());
            }
        }
    }

    static List<String> command(Tools tools, String database, String listPath, String path) {
        return List.of(
                tools.pgRestore(),
                "--single-transaction",
                "--exit-on-error",
                "--verbose",
                "--no-tablespaces",
                "--use-list=" + listPath,
                "--no-password",
                ToolConnection.database(database),
                path);
    }

    private Prepared prepare(SchemaArchive archive, Endpoint target, String database) {
        try (PostgresSession session = sessions.open(target, database, PostgresSessions.SHORT)) {
            return new Prepared(
                    installed.between(ListHeader.source(archive.immediate()), session.version()),
                    ToolConnection.environment(target, session));
        }
    }

    private record Prepared(Tools tools, Map<String, String> environment) {}
}
