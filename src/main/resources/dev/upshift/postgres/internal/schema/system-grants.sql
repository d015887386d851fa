-- Functions and relations of the server itself on which somebody has changed the privileges: a dump repeats these, and
-- only a superuser may.
select p.oid::pg_catalog.regprocedure::text as name
from pg_catalog.pg_proc as p
left join pg_catalog.pg_init_privs as i
    on i.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass and i.objoid = p.oid and i.objsubid = 0
where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
  and p.proacl is distinct from i.initprivs
union all
select 'pg_catalog.' || pg_catalog.quote_ident(c.relname)
from pg_catalog.pg_class as c
left join pg_catalog.pg_init_privs as i
    on i.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and i.objoid = c.oid and i.objsubid = 0
where c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
  and c.relacl is distinct from i.initprivs
order by 1
