package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Publications with explicit table lists. */
@Component
class Publications {

    void publish(PostgresSession session, String publication, List<TableName> tables) {
        session.inTransaction(() -> {
            if (exists(session, publication)) {
                makeEqual(session, publication, tables);
            } else {
                create(session, publication, tables);
            }
            return publication;
        });
    }

    List<TableName> tables(PostgresSession session, String publication) {
        return session.jdbc()
                .sql("""
                        select n.nspname as schema, c.relname as name
                        from pg_publication as p
                        join pg_publication_rel as r on r.prpubid = p.oid
                        join pg_class as c on c.oid = r.prrelid
                        join pg_namespace as n on n.oid = c.relnamespace
                        where p.pubname = :publication
                        order by n.nspname collate "C", c.relname collate "C"
                        """)
                .param("publication", publication)
                .query((row, number) -> new TableName(row.getString("schema"), row.getString("name")))
                .list();
    }

    List<TableName> sentTables(PostgresSession session, String publication) {
        return session.jdbc()
                .sql("select schemaname, tablename from pg_publication_tables where pubname = :publication")
                .param("publication", publication)
                .query((row, number) -> new TableName(row.getString("schemaname"), row.getString("tablename")))
                .list();
    }

    void drop(PostgresSession session, String publication) {
        session.change()
                .sql("drop publication if exists " + session.identifier(publication))
                .update();
    }

    boolean exists(PostgresSession session, String publication) {
        return session.jdbc()
                .sql("select exists (select from pg_publication where pubname = :publication)")
                .param("publication", publication)
                .query(Boolean.class)
                .single();
    }

    private static void create(PostgresSession session, String publication, List<TableName> tables) {
        String list = tables.isEmpty() ? "" : " for table " + list(session, new LinkedHashSet<>(tables));
        execute(session, "create publication " + session.identifier(publication) + list);
    }

    /** Only what differs is named: each table that is named gets locked against maintenance for a moment. */
    private void makeEqual(PostgresSession session, String publication, List<TableName> wanted) {
        List<TableName> present = tables(session, publication);
        change(session, publication, "add", without(wanted, present));
        change(session, publication, "drop", without(present, wanted));
    }

    private static void change(PostgresSession session, String publication, String verb, Set<TableName> tables) {
        if (!tables.isEmpty()) {
            execute(
                    session,
                    "alter publication " + session.identifier(publication) + " " + verb + " table "
                            + list(session, tables));
        }
    }

    private static Set<TableName> without(Collection<TableName> tables, Collection<TableName> others) {
        Set<TableName> left = new TreeSet<>(tables);
        new ArrayList<>(others).forEach(left::remove);
        return left;
    }

    /** ONLY, because children by inheritance are tables of their own in the caller's list. */
    private static String list(PostgresSession session, Collection<TableName> tables) {
        return tables.stream()
                .map(table -> "only " + session.identifier(table.schema()) + "." + session.identifier(table.table()))
                .collect(Collectors.joining(", "));
    }

    private static void execute(PostgresSession session, String command) {
        session.change().sql(command).update();
    }
}
