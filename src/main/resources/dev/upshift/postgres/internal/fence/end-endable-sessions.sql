-- As end-sessions.sql, but whom our role may not end is let be, and told apart: superusers, and those of roles that it
-- may not signal. What a session is has to be visible; a role that sees nothing ends nobody.
select a.pid, a.usename::text as "user", a.application_name as application, host(a.client_addr) as address,
       false as hidden, may.be_ended as endable,
       case when may.be_ended then pg_catalog.pg_terminate_backend(a.pid) end
from pg_catalog.pg_stat_activity as a
cross join (select rolname, rolsuper from pg_catalog.pg_roles where rolname = current_user) as me
left join pg_catalog.pg_roles as r on r.oid = a.usesysid
cross join lateral (
    select me.rolsuper
           or not coalesce(r.rolsuper, false)
              and (coalesce(pg_catalog.pg_has_role(a.usesysid, 'USAGE'), false)
                   or pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')) as be_ended) as may
where a.datname = pg_catalog.current_database()
  and (a.backend_type = 'client backend'
       or a.backend_type = 'walsender'
          and a.pid in (select s.pid from pg_catalog.pg_stat_get_wal_senders() as s where s.state = 'startup'))
  and a.backend_start <= :since::timestamptz
  and a.pid <> pg_catalog.pg_backend_pid()
  and not (a.usename = current_user
           and (a.application_name = :ours
                or pg_catalog.starts_with(a.application_name, :ours || ' run ')
                or a.backend_type = 'walsender' and pg_catalog.starts_with(a.application_name, :ours || '_')))
order by a.pid
