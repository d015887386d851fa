-- Tables with rows of their own to compare, one row each: partitions are compared with their root. The key is what
-- UPDATE and DELETE are replicated by; empty where rows have no other identity than all their columns. A key's type is
-- told below all domains, and only if it is PostgreSQL's own: users may have defined casts for any other.
with recursive own as (
    select c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident, c.reltuples
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
      and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'upshift')
      and not exists (
          select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
),
-- A root's own statistics may be missing while its partitions have theirs.
size as (
    select o.oid, sum(greatest(l.reltuples, 0)) as rows
    from own o
    cross join lateral pg_partition_tree(o.oid) t
    join pg_class l on l.oid = t.relid and t.isleaf
    where o.relkind = 'p'
    group by o.oid
),
identity as (
    select distinct on (i.indrelid) i.indrelid, i.indkey, i.indnkeyatts, i.indclass
    from pg_index i
    join own o on o.oid = i.indrelid
    where i.indisunique and i.indimmediate and i.indpred is null and i.indexprs is null
      and (i.indisreplident or i.indisprimary)
    order by i.indrelid, i.indisreplident desc
),
below as (
    select t.oid as type, t.oid, t.typnamespace, t.typtype, t.typbasetype
    from pg_type t
    where t.oid in (select a.atttypid from identity x join pg_attribute a on a.attrelid = x.indrelid
                                                                          and a.attnum = any (x.indkey))
    union all
    select b.type, t.oid, t.typnamespace, t.typtype, t.typbasetype
    from below b
    join pg_type t on t.oid = b.typbasetype
    where b.typtype = 'd'
),
key as (
    select x.indrelid,
           array_agg(a.attname::text order by k.position) as columns,
           -- -1 and not null: "character" would be a single one.
           array_agg(case when b.typtype in ('b', 'r', 'm') and b.typnamespace = 'pg_catalog'::regnamespace
                               and q.oprname = '=' and q.oprnamespace = 'pg_catalog'::regnamespace
                          then format_type(b.oid, -1) else '' end order by k.position) as types
    from identity x
    cross join unnest(x.indkey) with ordinality as k(attnum, position)
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
    join below b on b.type = a.atttypid and b.typtype <> 'd'
    join pg_opclass c on c.oid = x.indclass[k.position - 1]
    join pg_amop m on m.amopfamily = c.opcfamily and m.amoplefttype = c.opcintype and m.amoprighttype = c.opcintype
                  and m.amopstrategy = 3
    join pg_operator q on q.oid = m.amopopr
    where k.position <= x.indnkeyatts
    group by x.indrelid
)
select o.nspname as schema, o.relname as name, o.relkind = 'p' as partitioned, o.relpersistence = 'u' as unlogged,
       greatest(coalesce(s.rows, o.reltuples), 0)::bigint as estimated_rows,
       coalesce((select array_agg(a.attname::text order by a.attnum)
                 from pg_attribute a
                 where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped), '{}') as columns,
       coalesce(k.columns, '{}') as key_columns, coalesce(k.types, '{}') as key_types
from own o
left join size s on s.oid = o.oid
left join key k on k.indrelid = o.oid
order by 1, 2
