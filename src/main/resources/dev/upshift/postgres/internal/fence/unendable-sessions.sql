-- Clients in the database whose sessions our role may not end: those of superusers only a superuser may, whatever else a
-- role was granted; those of others who is a member of theirs, or of pg_signal_backend. Whom end-sessions.sql lets be is
-- left out here, too. What a session is stays hidden from a role without pg_read_all_stats.
select me.rolname::text as me, a.pid, a.usename::text as "user", a.application_name as application,
       host(a.client_addr) as address, a.backend_type is null as hidden, coalesce(r.rolsuper, false) as superuser
from (select rolname, rolsuper from pg_catalog.pg_roles where rolname = current_user) as me
left join pg_catalog.pg_stat_activity as a
     on not me.rolsuper
    and a.datname = pg_catalog.current_database()
    and a.pid <> pg_catalog.pg_backend_pid()
    and (a.backend_type is null and a.query = '<insufficient privilege>'
         or a.backend_type = 'client backend'
         or a.backend_type = 'walsender'
            and a.pid in (select s.pid from pg_catalog.pg_stat_get_wal_senders() as s where s.state = 'startup'))
    and a.usename is distinct from current_user
    and (coalesce((select s.rolsuper from pg_catalog.pg_roles as s where s.oid = a.usesysid), false)
         or not (coalesce(pg_catalog.pg_has_role(a.usesysid, 'USAGE'), false)
                 or pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')))
left join pg_catalog.pg_roles as r on r.oid = a.usesysid
order by a.pid
