package dev.upshift.matrix;

import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.schema.SchemaCopy.RoleReport;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaCopy.SchemaComparison;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Copies roles, tables and sequences; what is held back is built one by one. */
final class SimulatedSchemaCopy implements SchemaCopy {

    private final ControlPlane plane;

    SimulatedSchemaCopy(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public List<String> missingRoles(PostgresSession source, PostgresSession target) {
        List<String> missing = new ArrayList<>(((Session) source).server.roles);
        missing.removeAll(((Session) target).server.roles);
        return missing;
    }

    @Override
    public RoleReport copyRoles(PostgresSession source, PostgresSession target) {
        List<String> created = missingRoles(source, target);
        ((Session) target).server.roles.addAll(created);
        return new RoleReport(List.copyOf(created), List.of(), List.of(), List.of());
    }

    @Override
    public List<String> systemGrants(PostgresSession source) {
        return List.of();
    }

    @Override
    public boolean createDatabase(PostgresSession source, PostgresSession targetMaintenance) {
        Server target = ((Session) targetMaintenance).server;
        return target.databases.putIfAbsent(source.database(), new Database(source.database())) == null;
    }

    @Override
    public SchemaArchive dump(Endpoint source, String database) {
        return new SchemaArchive(
                database.getBytes(StandardCharsets.UTF_8),
                "tables",
                String.join("\n", Shop.HELD_BACK),
                Shop.HELD_BACK.size());
    }

    @Override
    public void restore(SchemaArchive archive, Endpoint target, String database) {
        Database restored = plane.world().at(target).database(database);
        if (!restored.isEmpty()) {
            throw new SchemaCopyFailed("relation \"orders\" already exists");
        }
        Shop.createSchema(restored);
    }

    @Override
    public void buildHeldBack(
            SchemaArchive archive, Endpoint target, String database, int jobs, Consumer<String> progress) {
        archive.heldBack().lines().forEach(object -> {
            plane.moment("within buildHeldBack: " + object);
            if (plane.world().at(target).database(database).heldBackObjects.add(object)) {
                progress.accept("Built " + object + ".");
            }
        });
    }

    @Override
    public SchemaComparison compare(PostgresSession source, PostgresSession target, boolean withoutHeldBack) {
        Database from = ((Session) source).db();
        Database to = ((Session) target).db();
        List<String> differences = new ArrayList<>();
        if (!from.sequences.keySet().equals(to.sequences.keySet())) {
            differences.add("sequences differ");
        }
        if (!withoutHeldBack && !from.heldBackObjects.equals(to.heldBackObjects)) {
            differences.add("indexes differ");
        }
        return new SchemaComparison(to.isEmpty(), differences);
    }

    @Override
    public boolean hasObjects(PostgresSession target) {
        return !((Session) target).db().isEmpty();
    }
}
