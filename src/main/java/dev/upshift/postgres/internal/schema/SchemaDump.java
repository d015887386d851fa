package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.internal.tool.InstalledTools;
import dev.upshift.postgres.internal.tool.ToolConnection;
import dev.upshift.postgres.internal.tool.ToolProcesses;
import dev.upshift.postgres.internal.tool.ToolSettings;
import dev.upshift.postgres.internal.tool.Tools;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Takes the schema of a database and decides what of it is held back, both from one snapshot of the catalogue. */
@Component
class SchemaDump {

    private final PostgresSessions sessions;
    private final InstalledTools installed;
    private final ToolProcesses processes;
    private final ToolSettings settings;

    SchemaDump(PostgresSessions sessions, InstalledTools installed, ToolProcesses processes, ToolSettings settings) {
        this.sessions = sessions;
        this.installed = installed;
        this.processes = processes;
        this.settings = settings;
    }

    SchemaArchive take(Endpoint source, String database, PostgresVersion target) {
        try (PostgresSession session = sessions.open(source, database, PostgresSessions.SHORT);
                ArchiveFile file = ArchiveFile.empty()) {
            Tools tools = installed.between(session.version(), target);
            List<HeldBackObject> objects = session.inTransaction(() -> {
                session.jdbc()
                        .sql("set transaction isolation level repeatable read, read only")
                        .update();
                String snapshot = session.jdbc()
                        .sql("select pg_export_snapshot()")
                        .query(String.class)
                        .single();
                dump(tools, source, database, snapshot, file);
                return HeldBackObject.of(session);
            });
            RestorePlan plan = RestorePlan.of(entries(tools, file), objects);
            String header = ListHeader.of(session.version());
            return new SchemaArchive(
                    file.bytes(),
                    header + plan.immediateList(),
                    header + plan.heldBack(),
                    plan.heldBack().objects().size());
        }
    }

    /**
     * Not {@code --schema-only}, which leaves out that materialized views are to be refreshed. Tablespaces are left
     * out, for the target's machine need not have them.
     */
    private void dump(Tools tools, Endpoint source, String database, String snapshot, ArchiveFile file) {
        ToolProcesses.Outcome outcome = processes.run(
                command(tools, database, snapshot, file.path()),
                ToolConnection.environment(source),
                settings.copyTimeout(),
                line -> {});
        if (!outcome.succeeded()) {
            throw new SchemaCopyFailed("The schema of database " + database + " on " + source.address()
                    + " could not be taken: " + outcome.complaint());
        }
    }

    static List<String> command(Tools tools, String database, String snapshot, String path) {
        return List.of(
                tools.pgDump(),
                "--format=custom",
                "--section=pre-data",
                "--section=post-data",
                "--no-blobs",
                "--no-publications",
                "--no-subscriptions",
                "--no-tablespaces",
                "--exclude-schema=" + HelperSchema.NAME,
                "--lock-wait-timeout=30s",
                "--snapshot=" + snapshot,
                "--no-password",
                "--file=" + path,
                ToolConnection.database(database));
    }

    private List<ArchiveEntry> entries(Tools tools, ArchiveFile file) {
        ArchiveListing listing = new ArchiveListing();
        ToolProcesses.Outcome outcome = processes.run(
                List.of(tools.pgRestore(), "--list", "--verbose", file.path()),
                Map.of(),
                settings.copyTimeout(),
                listing);
        if (!outcome.succeeded()) {
            throw new SchemaCopyFailed("The archive of the schema could not be read again: " + outcome.complaint());
        }
        return listing.entries();
    }
}
