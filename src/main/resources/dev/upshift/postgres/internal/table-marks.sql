-- The user's tables, as in published-objects.sql, with what shows that one was altered past replication. Another file:
-- ALTER TABLE wrote the rows anew, or made the table UNLOGGED for a while, or it was VACUUM FULL, CLUSTER or TRUNCATE.
-- The first two also make another TOAST table, the other three keep it; a table of short columns only has none. RENAME
-- and SET SCHEMA write the table's row type anew, so that names that were changed and changed back show, and GRANT does
-- not. The columns are a sum over who wrote them, and over those of these tables only: indexes and TOAST tables have
-- columns, too. Who wrote a row stays to be read long after it was frozen.
with listed as (
    select n.nspname as schema,
           c.relname as name,
           c.oid,
           c.relpersistence = 'u' as unlogged,
           c.relfilenode as file,
           c.reltoastrelid as toast,
           c.reltype as type
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p')
      and c.relpersistence <> 't'
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'upshift')
      and not exists (
          select from pg_depend as d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
),
written as (
    select a.attrelid as oid, sum(hashtext(a.xmin::text)::bigint * a.attnum)::text as columns
    from listed as l
    join pg_attribute as a on a.attrelid = l.oid and a.attnum > 0
    group by a.attrelid
)
select l.schema,
       l.name,
       l.oid::bigint as oid,
       l.unlogged,
       l.file::bigint as file,
       l.toast::bigint as toast,
       coalesce(t.xmin::text, '') as named,
       coalesce(w.columns, '') as columns
from listed as l
left join pg_type as t on t.oid = l.type
left join written as w on w.oid = l.oid
