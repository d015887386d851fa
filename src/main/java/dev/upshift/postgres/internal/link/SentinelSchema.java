package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The helper schema, told from a stranger's by its comment. */
@Component
class SentinelSchema implements HelperSchema {

    private static final String OURS = "Made by Upshift for the time of an upgrade; dropped when the project ends.";

    /** Triggers and rules of the owner run with the rights of whoever writes. */
    private static final String FOREIGN_OWNERS = """
            select pg_get_userbyid(owner)::text
            from (select nspowner as owner from pg_namespace where nspname = 'upshift'
                  union
                  select c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  where n.nspname = 'upshift') as o
            where not exists (select from pg_roles r where r.oid = owner and (r.rolsuper or r.rolname = current_user))
            order by 1
            """;

    @Override
    public void create(PostgresSession session) {
        refuseStranger(session);
        session.inTransaction(() -> {
            run(session, "create schema if not exists upshift");
            run(session, "comment on schema upshift is " + session.literal(OURS));
            run(session, """
                    create table if not exists upshift.sentinel (
                        token text primary key,
                        written_at timestamptz not null default now()
                    )
                    """);
            run(session, """
                    comment on table upshift.sentinel is
                        'Rows that travel through replication and so prove that it works'
                    """);
            return session;
        });
    }

    @Override
    public void drop(PostgresSession session) {
        if (exists(session)) {
            refuseStranger(session);
            run(session, "drop schema upshift cascade");
        }
    }

    @Override
    public boolean exists(PostgresSession session) {
        return session.jdbc()
                .sql("select exists (select from pg_namespace where nspname = 'upshift')")
                .query(Boolean.class)
                .single();
    }

    @Override
    public void write(PostgresSession session, String token) {
        session.change().sql("""
                        with old as (
                            delete from upshift.sentinel
                            where written_at < now() - interval '1 hour' and token <> :token
                        )
                        insert into upshift.sentinel (token) values (:token)
                        on conflict (token) do update set written_at = now()
                        """).param("token", token).update();
    }

    @Override
    public boolean sees(PostgresSession session, String token) {
        return session.jdbc()
                .sql("select exists (select from upshift.sentinel where token = :token)")
                .param("token", token)
                .query(Boolean.class)
                .single();
    }

    /** The snapshot is taken before the function is called, and a commit is in the log before any snapshot sees it. */
    @Override
    public Optional<Lsn> arrival(PostgresSession session, String token) {
        return session.jdbc()
                .sql("select pg_current_wal_insert_lsn()::text from upshift.sentinel where token = :token")
                .param("token", token)
                .query(String.class)
                .optional()
                .map(Lsn::parse);
    }

    @Override
    public Optional<String> comment(PostgresSession session) {
        return session.jdbc()
                .sql("select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'upshift'")
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(comment -> comment);
    }

    private void refuseStranger(PostgresSession session) {
        if (exists(session) && !comment(session).equals(Optional.of(OURS))) {
            throw new IllegalStateException("Database " + session.database() + " (PostgreSQL "
                    + session.version().major() + ") has a schema upshift that Upshift did not make. Nothing in it "
                    + "was touched. Rename it, or drop it if nobody needs it.");
        }
        List<String> owners = session.jdbc()
                .sql(FOREIGN_OWNERS)
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
        if (!owners.isEmpty()) {
            throw new IllegalStateException("Database " + session.database() + " (PostgreSQL "
                    + session.version().major() + ") has a schema upshift of which at least a part belongs to "
                    + owners.getFirst() + ", who could have code of his own run with our rights when we write there. "
                    + "Nothing in it was touched. Drop it if nobody needs it; if it is of a former user of this "
                    + "project's, make the present one its owner.");
        }
    }

    private static void run(PostgresSession session, String command) {
        session.change().sql(command).update();
    }
}
