package dev.upshift.postgres.internal.schema;

import java.util.List;

/**
 * One entry of an archive in pg_dump's custom format.
 *
 * @param id its number within the archive
 * @param catalogue oid of the catalogue that holds the object, e.g. of {@code pg_class}; 0 where there is none
 * @param oid of the object on the dumped server; 0 where there is none
 * @param text kind, schema, name and owner, separated by blanks that may also be in the names
 * @param dependencies ids of the entries that must come before it; not all of them need to be in the archive
 */
record ArchiveEntry(int id, long catalogue, long oid, String text, List<Integer> dependencies) {

    /** Whether its text begins with one of these words. */
    boolean isOneOf(List<String> kinds) {
        return kinds.stream().anyMatch(kind -> text.startsWith(kind + " "));
    }

    ArchiveEntry dependingOn(List<Integer> others) {
        return new ArchiveEntry(id, catalogue, oid, text, others);
    }
}
