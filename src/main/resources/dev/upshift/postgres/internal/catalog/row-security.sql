-- Tables with row security that lets our role see, or their owner change, some rows only. Leaves only: rows are copied and
-- applied there. Which are the user's, as in tables.sql.
select n.nspname as schema,
       c.relname as name,
       o.rolname as owner,
       row_security_active(c.oid) as hides,
       c.relforcerowsecurity and not o.rolbypassrls and not o.rolsuper as binds_owner
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
join pg_roles as o on o.oid = c.relowner
where c.relrowsecurity
  and c.relkind = 'r'
  and c.relpersistence = 'p'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
  and not exists (
      select from pg_depend as d
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
order by n.nspname collate "C", c.relname collate "C"
