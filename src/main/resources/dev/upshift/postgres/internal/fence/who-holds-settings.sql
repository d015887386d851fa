-- Those of these processes that are still there, and whether our role may end them: superusers only a superuser may,
-- others who is a member of theirs or of pg_signal_backend. Who has no transaction any more holds nothing.
select a.pid, a.usename::text as "user", a.application_name as application, host(a.client_addr) as address,
       a.datname::text as database, a.xact_start::text as since,
       me.rolsuper
           or not coalesce(r.rolsuper, false)
              and (coalesce(pg_catalog.pg_has_role(a.usesysid, 'USAGE'), false)
                   or pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')) as endable
from pg_catalog.pg_stat_activity as a
cross join (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as me
left join pg_catalog.pg_roles as r on r.oid = a.usesysid
where a.pid = any (/* pids */)
  and (a.xact_start is not null or a.state is null)
union all
select 0, null, null, null, null, null, false
where 0 = any (/* pids */)
order by pid
