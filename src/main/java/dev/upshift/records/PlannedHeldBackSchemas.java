package dev.upshift.records;

import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is kept, and what would have been kept or forgotten by then. */
final class PlannedHeldBackSchemas implements HeldBackSchemas {

    private final HeldBackSchemas real;
    private final Map<String, Optional<SchemaArchive>> pretended = new HashMap<>();

    PlannedHeldBackSchemas(HeldBackSchemas real) {
        this.real = real;
    }

    @Override
    public void keep(long project, String database, SchemaArchive archive) {
        pretended.put(database, Optional.of(archive));
    }

    @Override
    public Optional<SchemaArchive> find(long project, String database) {
        Optional<SchemaArchive> known = pretended.get(database);
        return known == null ? real.find(project, database) : known;
    }

    @Override
    public List<String> databases(long project) {
        TreeSet<String> names = new TreeSet<>(real.databases(project));
        pretended.forEach((database, archive) -> {
            if (archive.isPresent()) {
                names.add(database);
            } else {
                names.remove(database);
            }
        });
        return List.copyOf(names);
    }

    @Override
    public void forget(long project, String database) {
        pretended.put(database, Optional.empty());
    }
}
