package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.schema.TargetCleaning;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Drops and empties with plain statements. */
@Component
class SqlTargetCleaning implements TargetCleaning {

    private static final String END_SESSIONS = """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = :database and pid <> pg_backend_pid()
            """;

    /** Writes the statement that looks into every table which has any page at all; names are quoted by the server. */
    private static final String LOOKS = """
            select string_agg(
                format('select %L as schema, %L as name where exists (select from %I.%I)', n.nspname, c.relname,
                       n.nspname, c.relname), ' union all ')
            from unnest(:schemas::text[], :names::text[]) as t (schema, name)
            join pg_namespace as n on n.nspname = t.schema
            join pg_class as c on c.relnamespace = n.oid and c.relname = t.name
            where pg_relation_size(c.oid) > 0
            """;

    private static final String NO_TRIGGERS = """
            select set_config('session_replication_role', 'replica', true)
            where current_setting('is_superuser') = 'on'
            """;

    private static final String TRUNCATE_TRIGGERS = SqlResource.read(SqlTargetCleaning.class, "truncate-triggers.sql");

    private final Catalog catalog;

    SqlTargetCleaning(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void dropRoles(PostgresSession session, List<String> roles) {
        if (!roles.isEmpty()) {
            session.change()
                    .sql("drop role if exists "
                            + roles.stream().map(session::identifier).collect(Collectors.joining(", ")))
                    .update();
        }
    }

    @Override
    public void dropDatabase(PostgresSession session, String database) {
        session.change().sql(END_SESSIONS).param("database", database).query().listOfRows();
        session.change()
                .sql("drop database if exists " + session.identifier(database))
                .update();
    }

    /** Triggers of users run with the rights of whoever truncates, so none may be there that we cannot keep still. */
    @Override
    public void truncate(PostgresSession session, List<TableName> tables) {
        if (tables.isEmpty()) {
            return;
        }
        String list = tables.stream()
                .map(name -> session.identifier(name.schema()) + "." + session.identifier(name.table()))
                .collect(Collectors.joining(", "));
        session.inTransaction(() -> {
            session.change()
                    .sql("lock table " + list + " in access exclusive mode")
                    .update();
            session.change().sql(NO_TRIGGERS).query().listOfRows();
            List<String> triggers = session.jdbc()
                    .sql(TRUNCATE_TRIGGERS)
                    .param("schemas", tables.stream().map(TableName::schema).toArray(String[]::new))
                    .param("names", tables.stream().map(TableName::table).toArray(String[]::new))
                    .query((row, number) -> String.valueOf(row.getString(1)))
                    .list();
            if (!triggers.isEmpty()) {
                throw new IllegalStateException("Nothing was emptied in database " + session.database()
                        + ", because triggers would run with our rights when their tables are truncated, for example "
                        + triggers.getFirst() + ". Disable or drop them there, and try again.");
            }
            return session.change().sql("truncate table " + list).update();
        });
    }

    @Override
    public List<TableName> tablesWithRows(PostgresSession session) {
        List<TableName> tables =
                catalog.tables(session).stream().map(TableFacts::name).toList();
        String looks = session.jdbc()
                .sql(LOOKS)
                .param("schemas", tables.stream().map(TableName::schema).toArray(String[]::new))
                .param("names", tables.stream().map(TableName::table).toArray(String[]::new))
                .query((row, number) -> String.valueOf(row.getString(1)))
                .single();
        return "null".equals(looks)
                ? List.of()
                : session.jdbc()
                        .sql(looks)
                        .query((row, number) -> new TableName(row.getString("schema"), row.getString("name")))
                        .list();
    }
}
