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
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Builds what was held back. What is there already, whoever built it, is left out, so that it can be repeated after
 * any interruption. Errors do not stop the other objects. Objects that failed are tried again a few times: while the
 * subscription runs, a foreign key and apply may lock two tables in opposite order, and one of them has to give way.
 */
@Component
class HeldBackBuild {

    private static final int ROUNDS = 3;

    private final PostgresSessions sessions;
    private final InstalledTools installed;
    private final ToolProcesses processes;
    private final ToolSettings settings;

    HeldBackBuild(PostgresSessions sessions, InstalledTools installed, ToolProcesses processes, ToolSettings settings) {
        this.sessions = sessions;
        this.installed = installed;
        this.processes = processes;
        this.settings = settings;
    }

    void build(SchemaArchive archive, Endpoint target, String database, int jobs, Consumer<String> progress) {
        HeldBackList all = HeldBackList.parse(archive.heldBack());
        HeldBackList left = left(all, target, database);
        BuildProgress told = new BuildProgress(left, progress);
        String complaint = "";
        for (int round = 1; round <= ROUNDS && !left.objects().isEmpty(); round++) {
            ToolProcesses.Outcome outcome = restore(archive, left, target, database, jobs, told);
            complaint = outcome.complaint();
            left = left(all, target, database);
            told.settle(left);
        }
        if (!left.objects().isEmpty()) {
            throw new SchemaCopyFailed("%d of %d held-back objects could not be built in database %s on %s (%s): %s"
                    .formatted(
                            left.objects().size(),
                            all.objects().size(),
                            database,
                            target.address(),
                            left.objects().stream().limit(5).collect(Collectors.joining(", ")),
                            complaint));
        }
    }

    private ToolProcesses.Outcome restore(
            SchemaArchive archive, HeldBackList left, Endpoint target, String database, int jobs, BuildProgress told) {
        Prepared prepared = prepare(archive, target, database);
        try (ArchiveFile file = ArchiveFile.of(archive.custom(), left.toString())) {
            return processes.run(
                    command(prepared.tools(), jobs, database, file.listPath(), file.path()),
                    prepared.environment(),
                    settings.buildTimeout(),
                    told);
        }
    }

    static List<String> command(Tools tools, int jobs, String database, String listPath, String path) {
        return List.of(
                tools.pgRestore(),
                "--jobs=" + Math.max(1, jobs),
                "--verbose",
                "--no-tablespaces",
                "--use-list=" + listPath,
                "--no-password",
                ToolConnection.database(database),
                path);
    }

    /** What is still to be built, after indexes that an earlier attempt left unusable were dropped. */
    private HeldBackList left(HeldBackList all, Endpoint target, String database) {
        try (PostgresSession session = sessions.open(target, database, PostgresSessions.SHORT)) {
            Set<String> wanted = Set.copyOf(all.objects());
            List<HeldBackObject> objects = HeldBackObject.of(session);
            for (HeldBackObject object : objects) {
                if (object.leftover() && wanted.contains(object.name())) {
                    session.change().sql("drop " + object.name() + " restrict").update();
                }
            }
            return all.without(objects.stream()
                    .filter(HeldBackObject::complete)
                    .map(HeldBackObject::name)
                    .collect(Collectors.toSet()));
        }
    }

    private Prepared prepare(SchemaArchive archive, Endpoint target, String database) {
        try (PostgresSession session = sessions.open(target, database, PostgresSessions.SHORT)) {
            return new Prepared(
                    installed.between(ListHeader.source(archive.heldBack()), session.version()),
                    ToolConnection.environment(target, session));
        }
    }

    private record Prepared(Tools tools, Map<String, String> environment) {}
}
