package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.internal.drift.SchemaDifferences;
import dev.upshift.postgres.internal.drift.SchemaObject;
import dev.upshift.postgres.internal.role.RoleCopy;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.schema.SchemaCopy.RoleReport;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaCopy.SchemaComparison;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PostgresVersion;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Schema copy by PostgreSQL's own programs. */
@Component
class NativeSchemaCopy implements SchemaCopy {

    /** Stands for a target of which nothing is known but that it may be newer than all we have seen. */
    private static final PostgresVersion NEWEST = new PostgresVersion(990000);

    private final RoleCopy roles;
    private final DatabaseCreation databases;
    private final SchemaDump dump;
    private final SchemaRestore restore;
    private final HeldBackBuild build;

    NativeSchemaCopy(
            RoleCopy roles, DatabaseCreation databases, SchemaDump dump, SchemaRestore restore, HeldBackBuild build) {
        this.roles = roles;
        this.databases = databases;
        this.dump = dump;
        this.restore = restore;
        this.build = build;
    }

    @Override
    public List<String> missingRoles(PostgresSession source, PostgresSession target) {
        return roles.missing(source, target);
    }

    @Override
    public RoleReport copyRoles(PostgresSession source, PostgresSession target) {
        return roles.copy(source, target);
    }

    @Override
    public List<String> systemGrants(PostgresSession source) {
        return source.jdbc()
                .sql(SqlResource.read(NativeSchemaCopy.class, "system-grants.sql"))
                .query((row, number) -> row.getString("name"))
                .list();
    }

    @Override
    public boolean createDatabase(PostgresSession source, PostgresSession targetMaintenance) {
        return databases.createLike(source, targetMaintenance);
    }

    @Override
    public SchemaArchive dump(Endpoint source, String database) {
        return dump(source, database, NEWEST);
    }

    @Override
    public SchemaArchive dump(Endpoint source, String database, PostgresVersion target) {
        return dump.take(source, database, target);
    }

    @Override
    public void restore(SchemaArchive archive, Endpoint target, String database) {
        restore.put(archive, target, database);
    }

    @Override
    public void buildHeldBack(
            SchemaArchive archive, Endpoint target, String database, int jobs, Consumer<String> progress) {
        build.build(archive, target, database, jobs, progress);
    }

    @Override
    public SchemaComparison compare(PostgresSession source, PostgresSession target, boolean withoutHeldBack) {
        List<SchemaObject> there = SchemaObject.of(target, withoutHeldBack);
        return new SchemaComparison(
                there.stream().noneMatch(SchemaObject::isMadeByUsers),
                new SchemaDifferences(SchemaObject.of(source, withoutHeldBack), there).lines());
    }

    @Override
    public boolean hasObjects(PostgresSession target) {
        return SchemaObject.of(target, false).stream().anyMatch(SchemaObject::isMadeByUsers);
    }
}
