package dev.upshift.records;

import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;
import java.util.Optional;

/** The archives whose indexes and constraints are built once the data is there, by project and database. */
public interface HeldBackSchemas extends Port {

    void keep(long project, String database, SchemaArchive archive);

    @Looks
    Optional<SchemaArchive> find(long project, String database);

    /** Databases of the project that still have something held back. */
    @Looks
    List<String> databases(long project);

    void forget(long project, String database);
}
