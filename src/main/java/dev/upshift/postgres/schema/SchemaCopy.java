package dev.upshift.postgres.schema;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.PostgresVersion;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies roles and schema with the real {@code pg_dump} and {@code pg_restore}. Secondary indexes, foreign keys,
 * triggers and the like are held back until the data is there: primary keys and replica identity indexes are needed
 * from the start, the rest makes the initial copy more than twice as slow.
 */
public interface SchemaCopy extends Port {

    /** The names of the roles that {@link #copyRoles} would create now. */
    @Looks
    List<String> missingRoles(PostgresSession source, PostgresSession target);

    /**
     * Creates the roles that the target lacks, with attributes, memberships and, where the session's role may read
     * them, password verifiers; all in one transaction. Predefined roles and the bootstrap superuser are left out.
     */
    RoleReport copyRoles(PostgresSession source, PostgresSession target);

    /** Objects of the server itself on which privileges were granted or taken: these are not copied. */
    @Looks
    List<String> systemGrants(PostgresSession source);

    /**
     * Creates the database with the source's encoding, locale, owner and settings if the target has none.
     *
     * @return whether it was created by this call
     */
    boolean createDatabase(PostgresSession source, PostgresSession targetMaintenance);

    /**
     * Takes the schema of one database, without data, without anything of schema {@code upshift}, publications,
     * subscriptions and tablespaces; with owners and grants.
     *
     * @throws SchemaCopyFailed if no fitting {@code pg_dump} is installed or it fails
     */
    @Looks
    SchemaArchive dump(Endpoint source, String database);

    /**
     * The same for a target of a known version: what is written by programs of 17 or newer can only be put into servers
     * of 17 or newer.
     */
    @Looks
    default SchemaArchive dump(Endpoint source, String database, PostgresVersion target) {
        return dump(source, database);
    }

    /**
     * Puts everything that is not held back into the target in one transaction.
     *
     * @throws SchemaCopyFailed if anything could not be; the target is then as it was before
     */
    void restore(SchemaArchive archive, Endpoint target, String database);

    /**
     * Builds what was held back, with {@code jobs} connections, what exists already left out; so it can be repeated
     * after any interruption. Content of materialized views is part of it. Indexes are built while apply may run: their
     * tables cannot be written meanwhile, so apply waits.
     *
     * @param progress gets a sentence per object, on another thread
     * @throws SchemaCopyFailed if some could not be built; the others are
     */
    void buildHeldBack(SchemaArchive archive, Endpoint target, String database, int jobs, Consumer<String> progress);

    /**
     * Compares tables, columns, types, constraints, indexes, triggers, rules, policies, functions, views and sequences
     * by definition, with owners, grants and comments; less common kinds of objects by name and owner. Tablespaces,
     * extension versions and the values of sequences are not compared.
     *
     * @param withoutHeldBack whether objects that a copy holds back are left out
     */
    @Looks
    SchemaComparison compare(PostgresSession source, PostgresSession target, boolean withoutHeldBack);

    /** Whether users have made anything at all in the session's database; extensions do not count. */
    @Looks
    boolean hasObjects(PostgresSession target);

    /**
     * @param custom the archive in pg_dump's custom format
     * @param immediate {@code pg_restore} list of what is needed before the data
     * @param heldBack list of what is built after it
     * @param heldBackCount its number of objects
     */
    @SuppressWarnings("ArrayRecordComponent") // carried and stored, never compared
    record SchemaArchive(byte[] custom, String immediate, String heldBack, int heldBackCount) {}

    /**
     * @param created names of roles that were created
     * @param withoutPassword roles whose verifier could not be read, so that their users cannot sign in yet
     * @param different roles that were there and are not the same as on the source, each with what differs
     */
    record RoleReport(
            List<String> created, List<String> present, List<String> withoutPassword, List<String> different) {}

    /**
     * @param targetEmpty the target's database has no user objects at all; extensions do not count
     * @param differences one readable line per object that is missing, surplus or different
     */
    record SchemaComparison(boolean targetEmpty, List<String> differences) {

        public boolean isSame() {
            return differences.isEmpty();
        }
    }

    /** {@code pg_dump} or {@code pg_restore} is missing, too old, or failed; the message holds its last lines. */
    final class SchemaCopyFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SchemaCopyFailed(String message) {
            super(message);
        }
    }
}
