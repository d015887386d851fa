-- The user's tables, as in published-objects.sql, with what shows that one was altered past replication. Another file:
-- ALTER TABLE wrote the rows anew, or made the table UNLOGGED for a while, or it was VACUUM FULL, CLUSTER or TRUNCATE.
-- The first two also make another TOAST table, the other three keep it; a table of short columns only has none. RENAME
-- and SET SCHEMA write the table's row type anew, so that names that were changed and changed back show, and GRANT does
-- not. The columns are a sum over who wrote them, and over those of these tables only: indexes and TOAST tables have
-- columns, too. Who wrote a row stays to be read long after it was frozen. Columns that were added by whoever wrote the
-- table's own row last are as they were added: RENAME COLUMN, SET DEFAULT, TYPE and GRANT of columns leave that row.
-- Triggers count once another than their maker has written them: what a trigger depends on is written only with it. The
-- clones that partitions have are internal before 15; those of constraints keep foreign keys, and come and go with them.
-- A table that is copied again has another place at which that copy met the stream; by a link of ours, for what others
-- subscribe to is their affair. On 13 only a superuser may read the oid of a subscription elsewhere than in that view.
with listed as (
    select n.nspname as schema,
           c.relname as name,
           c.oid,
           c.relpersistence = 'u' as unlogged,
           c.relfilenode as file,
           c.reltoastrelid as toast,
           c.xmin as writer,
           t.xmin as named
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    left join pg_type as t on t.oid = c.reltype
    where c.relkind in ('r', 'p')
      and c.relpersistence <> 't'
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'upshift')
      and not exists (
          select from pg_depend as d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
),
written as (
    select a.attrelid as oid, sum(hashtext(a.xmin::text)::bigint * a.attnum) as columns
    from listed as l
    join pg_attribute as a on a.attrelid = l.oid and a.attnum > 0
    group by a.attrelid
),
added as (
    select a.attrelid as oid,
           sum(hashtext(a.xmin::text)::bigint * a.attnum) as columns,
           array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attname) as names,
           bool_and(not a.atthasdef and not a.atthasmissing and a.attidentity = '' and not a.attisdropped
                    and t.typtype <> 'd' and t.typdefault is null) as empty
    from listed as l
    join pg_attribute as a on a.attrelid = l.oid and a.xmin = l.writer and a.attnum > 0
    left join pg_type as t on t.oid = a.atttypid
    where l.writer <> l.named
    group by a.attrelid
),
altered as (
    select g.tgrelid as oid, sum(hashint8extended((g.oid::bigint << 32) # hashtext(g.xmin::text)::bigint, 0)) as triggers
    from pg_trigger as g
    where (not g.tgisinternal or g.tgconstraint = 0)
      and not exists (
          select from pg_depend as d
          where d.classid = 'pg_trigger'::regclass and d.objid = g.oid and d.xmin = g.xmin)
    group by g.tgrelid
),
copied as (
    select r.srrelid as oid, string_agg(coalesce(r.srsublsn::text, '-'), ' ' order by r.srsubid) as ends
    from pg_subscription_rel as r
    where r.srsubstate = 'r'
      and r.srsubid in (select s.subid from pg_stat_subscription as s where starts_with(s.subname, 'upshift_'))
    group by r.srrelid
)
select l.schema,
       l.name,
       l.oid::bigint as oid,
       l.unlogged,
       l.file::bigint as file,
       l.toast::bigint as toast,
       coalesce(l.named::text, '') as named,
       coalesce(w.columns::text, '') as columns,
       coalesce(a.triggers, 0)::text as triggers,
       coalesce(s.ends, '') as copied,
       coalesce((w.columns - g.columns)::text, '') as without,
       coalesce(g.names, '{}') as added,
       coalesce(g.empty, true) as empty
from listed as l
left join written as w on w.oid = l.oid
left join added as g on g.oid = l.oid
left join altered as a on a.oid = l.oid
left join copied as s on s.oid = l.oid
