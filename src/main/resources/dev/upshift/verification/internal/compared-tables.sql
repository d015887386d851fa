-- Tables with rows of their own to compare, one row each: partitions are compared with their root. The key is what
-- UPDATE and DELETE are replicated by; empty where rows have no other identity than all their columns.
with own as (
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
key as (
    select x.indrelid,
           array_agg(a.attname::text order by k.position) as columns,
           -- -1 and not null: "character" would be a single one.
           array_agg(format_type(a.atttypid, -1) order by k.position) as types,
           -- Equality as the index has it, wherever an extension has put it.
           array_agg(format('operator(%I.%s)', n.nspname, q.oprname) order by k.position) as operators
    from identity x
    cross join unnest(x.indkey) with ordinality as k(attnum, position)
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
    join pg_opclass c on c.oid = x.indclass[k.position - 1]
    join pg_amop m on m.amopfamily = c.opcfamily and m.amoplefttype = c.opcintype and m.amoprighttype = c.opcintype
                  and m.amopstrategy = 3
    join pg_operator q on q.oid = m.amopopr
    join pg_namespace n on n.oid = q.oprnamespace
    where k.position <= x.indnkeyatts
    group by x.indrelid
)
select o.nspname as schema, o.relname as name, o.relkind = 'p' as partitioned, o.relpersistence = 'u' as unlogged,
       greatest(coalesce(s.rows, o.reltuples), 0)::bigint as estimated_rows,
       coalesce((select array_agg(a.attname::text order by a.attnum)
                 from pg_attribute a
                 where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped), '{}') as columns,
       coalesce(k.columns, '{}') as key_columns, coalesce(k.types, '{}') as key_types,
       coalesce(k.operators, '{}') as key_operators
from own o
left join size s on s.oid = o.oid
left join key k on k.indrelid = o.oid
order by 1, 2
