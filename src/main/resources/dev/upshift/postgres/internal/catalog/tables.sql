-- Tables that somebody holds, or waits for, exclusively are sized by their last known page count:
-- asking for the exact size would wait behind that lock. So are all of them where nobody asks for sizes, because the
-- server opens every table and index for it: 1.6 s for 10,000 tables, and 0.2 s without.
with recursive locked as materialized (
    select distinct relation
    from pg_locks
    where locktype = 'relation'
      and mode = 'AccessExclusiveLock'
      and database = (select oid from pg_database where datname = current_database())
),
user_table as materialized (
    select c.oid, c.relname, n.nspname, c.relkind, c.relispartition, c.relpersistence, c.reltuples, c.relpages,
           c.relreplident, c.reltoastrelid
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
-- The conditions of RelationGetIndexList: whatever else an index is, it must be valid, unique, immediate and whole.
identity_index as (
    select indrelid, bool_or(indisprimary) as primary_key, bool_or(indisreplident) as chosen
    from pg_index
    where indisvalid and indisunique and indimmediate and indpred is null
      and (indisprimary or indisreplident)
    group by indrelid
),
own as materialized (
    select t.oid,
           t.relkind,
           case
               when t.relreplident = 'f' then 'FULL'
               when t.relreplident = 'd' and i.primary_key then 'PRIMARY_KEY'
               when t.relreplident = 'i' and i.chosen then 'INDEX'
               else 'NONE'
           end as identity
    from user_table as t
    left join identity_index as i on i.indrelid = t.oid
),
-- Rows are changed in the leaves, so a partitioned table is only as good as the weakest of its leaves.
descendant as (
    select i.inhparent as ancestor, i.inhrelid as child
    from pg_inherits as i
    join user_table as t on t.oid = i.inhparent and t.relkind = 'p'
    union all
    select d.ancestor, i.inhrelid
    from descendant as d
    join pg_inherits as i on i.inhparent = d.child
    join user_table as t on t.oid = i.inhparent and t.relkind = 'p'
),
weakest as (
    select d.ancestor,
           (array_agg(o.identity order by array_position('{NONE,FULL,INDEX,PRIMARY_KEY}'::text[], o.identity)))[1]
               as identity
    from descendant as d
    join own as o on o.oid = d.child and o.relkind = 'r'
    group by d.ancestor
)
select t.nspname as schema,
       t.relname as name,
       case when t.relispartition then 'PARTITION' when t.relkind = 'p' then 'PARTITIONED' else 'ORDINARY' end as kind,
       t.relpersistence = 'u' as unlogged,
       greatest(t.reltuples, 0)::bigint as estimated_rows,
       case
           when t.relkind = 'p' then 0
           when :sized and l.relation is null then coalesce(pg_table_size(t.oid), 0)
           else (t.relpages::bigint + coalesce(toast.relpages, 0)) * current_setting('block_size')::bigint
       end as bytes,
       coalesce(w.identity, o.identity) as identity
from user_table as t
join own as o on o.oid = t.oid
left join weakest as w on w.ancestor = t.oid
left join locked as l on l.relation = t.oid
left join pg_class as toast on toast.oid = t.reltoastrelid
order by t.nspname collate "C", t.relname collate "C"
