package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.internal.tool.InstalledTools;
import dev.upshift.postgres.internal.tool.Tools;
import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.schema.SchemaCopy.RoleReport;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaCopy.SchemaComparison;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Notes the command lines of PostgreSQL's programs instead of running them; roles and databases are noted as the
 * statements that create them. An archive of it is empty, for what would be in it only the real run will know.
 */
final class RecordingSchemaCopy implements SchemaCopy {

    private static final String SNAPSHOT = "⟨snapshot then⟩";
    private static final String FILE = "⟨a temporary file⟩";
    private static final String LIST = "⟨a list of what is needed before the data⟩";
    private static final String HELD_BACK = "⟨a list of what was held back⟩";
    private static final int SHOWN = 20;

    private final SchemaCopy real;
    private final InstalledTools installed;
    private final PostgresSessions sessions;
    private final Set<String> created;
    private final Consumer<Recorded> record;
    private final Map<String, Tools> dumpedWith = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Set<String> restored = new HashSet<>();

    RecordingSchemaCopy(
            SchemaCopy real,
            InstalledTools installed,
            PostgresSessions sessions,
            Set<String> created,
            Consumer<Recorded> record) {
        this.real = real;
        this.installed = installed;
        this.sessions = sessions;
        this.created = created;
        this.record = record;
    }

    @Override
    public List<String> missingRoles(PostgresSession source, PostgresSession target) {
        return real.missingRoles(source, target);
    }

    @Override
    public RoleReport copyRoles(PostgresSession source, PostgresSession target) {
        return real.copyRoles(source, target);
    }

    @Override
    public List<String> systemGrants(PostgresSession source) {
        return real.systemGrants(source);
    }

    @Override
    public boolean createDatabase(PostgresSession source, PostgresSession targetMaintenance) {
        boolean isMissing = real.createDatabase(source, targetMaintenance);
        if (isMissing) {
            missing.add(source.database());
        }
        return isMissing;
    }

    @Override
    public SchemaArchive dump(Endpoint source, String database) {
        throw new UnsupportedOperationException("The target's version decides which pg_dump it is");
    }

    @Override
    public SchemaArchive dump(Endpoint source, String database, PostgresVersion target) {
        Tools tools = installed.between(version(source, database), target);
        dumpedWith.put(database, tools);
        note(source, database, SchemaDump.command(tools, database, SNAPSHOT, FILE), List.of());
        return new SchemaArchive(new byte[0], "", "", 0);
    }

    @Override
    public void restore(SchemaArchive archive, Endpoint target, String database) {
        Tools tools = dumpedWith.get(database);
        if (tools == null) {
            throw new IllegalStateException("The schema of " + database + " is put in place before it was taken");
        }
        note(target, database, SchemaRestore.command(tools, database, LIST, FILE), List.of());
        if (missing.contains(database)) {
            created.add(target.address() + "/" + database);
        }
        restored.add(database);
    }

    @Override
    public void buildHeldBack(
            SchemaArchive archive, Endpoint target, String database, int jobs, Consumer<String> progress) {
        Tools tools = installed.between(ListHeader.source(archive.heldBack()), version(target, database));
        List<String> names = HeldBackList.parse(archive.heldBack()).objects().stream()
                .sorted()
                .toList();
        note(target, database, HeldBackBuild.command(tools, jobs, database, HELD_BACK, FILE), names);
    }

    /** What was just put in place is the same. */
    @Override
    public SchemaComparison compare(PostgresSession source, PostgresSession target, boolean withoutHeldBack) {
        return restored.contains(target.database())
                ? new SchemaComparison(false, List.of())
                : real.compare(source, target, withoutHeldBack);
    }

    @Override
    public boolean hasObjects(PostgresSession target) {
        return restored.contains(target.database()) || real.hasObjects(target);
    }

    private PostgresVersion version(Endpoint server, String database) {
        try (PostgresSession session = sessions.open(server, database, PostgresSessions.SHORT)) {
            return session.version();
        }
    }

    private void note(Endpoint server, String database, List<String> command, List<String> names) {
        String line = String.join(" ", command);
        List<String> some = names.stream().limit(SHOWN).toList();
        String more = names.size() > SHOWN ? String.format(Locale.ROOT, "\n⟨and %,d more⟩", names.size() - SHOWN) : "";
        record.accept(new Recorded(
                Recorded.Kind.COMMAND, server, database, withNames(line, names), withNames(line, some) + more, null));
    }

    private static String withNames(String line, List<String> names) {
        return names.isEmpty() ? line : line + "\n" + String.join("\n", names);
    }
}
