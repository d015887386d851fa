-- What is in this database and reaches the other side neither by the schema's copy nor by a link. Rows are counted, up
-- to ten thousand, where that waits for nobody and our role may; else they are estimated, -1 where nobody ever analysed
-- (which 13 does not tell from an estimate of none).
-- Of a table that its extension has registered only those rows count that the extension itself says are other people's.
with locked as materialized (
    select distinct relation
    from pg_locks
    where locktype = 'relation'
      and mode = 'AccessExclusiveLock'
      and database = (select oid from pg_database where datname = current_database())
),
member as materialized (
    select d.objid as oid,
           e.extname,
           e.extcondition[array_position(e.extconfig, d.objid)] as condition
    from pg_depend as d
    join pg_extension as e on e.oid = d.refobjid
    where d.classid = 'pg_class'::regclass and d.objsubid = 0
      and d.refclassid = 'pg_extension'::regclass and d.deptype = 'e'
),
of_extension as materialized (
    select c.oid, n.nspname, c.relname, m.extname, m.condition, c.reltuples,
           has_table_privilege(c.oid, 'select') and not row_security_active(c.oid) and l.relation is null as countable,
           case
               when l.relation is null then coalesce(pg_table_size(c.oid), 0)
               else c.relpages::bigint * current_setting('block_size')::bigint
           end as bytes
    from member as m
    join pg_class as c on c.oid = m.oid and c.relkind = 'r' and c.relpersistence <> 't'
    join pg_namespace as n on n.oid = c.relnamespace
    left join locked as l on l.relation = c.oid
),
counted as materialized (
    select o.*, substring(own.contents from '<n>(\d+)<')::bigint as counted
    from of_extension as o
    cross join lateral (
        select case
                   when o.countable then
                       query_to_xml(
                           format(
                               E'select count(*) as n from (select 1 from only %I.%I %s\nlimit 10001) as of_others',
                               o.nspname, o.relname, o.condition),
                           false, false, '')::text
               end as contents
        offset 0
    ) as own
),
-- A partition of an unlogged table is not published either: its root cannot be.
unlogged as (
    select n.nspname, c.relname, c.reltuples,
           case
               when l.relation is null then coalesce(pg_table_size(c.oid), 0)
               else c.relpages::bigint * current_setting('block_size')::bigint
           end as bytes,
           case
               when l.relation is null then coalesce(pg_relation_size(c.oid), 0) > 0
               else c.relpages > 0
           end as filled
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    left join locked as l on l.relation = c.oid
    where c.relkind = 'r'
      and (c.relpersistence = 'u'
           or (c.relpersistence = 'p' and c.relispartition
               and exists (
                   select from pg_partition_ancestors(c.oid) as a
                   join pg_class as r on r.oid = a.relid and r.relpersistence = 'u')))
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'upshift')
      and not exists (select from member as m where m.oid = c.oid)
)
select 'LARGE_OBJECTS' as kind, null as schema, null as name, null as extension, true as exact, o.rows, s.bytes
from (select count(*) as rows from pg_largeobject_metadata) as o
cross join (
    select coalesce(sum(relpages::bigint), 0) * current_setting('block_size')::bigint as estimate
    from pg_class where oid = 'pg_largeobject'::regclass) as e
cross join lateral (
    select case
               when exists (select from locked where relation = 'pg_largeobject'::regclass) then e.estimate
               else pg_table_size('pg_largeobject'::regclass)
           end as bytes) as s
where o.rows > 0
union all
select 'UNLOGGED_TABLE', nspname, relname, null, false, case when reltuples > 0 then reltuples::bigint else -1 end, bytes
from unlogged
where filled
union all
select 'EXTENSION_TABLE', nspname, relname, extname, counted <= 10000,
       case
           when counted is null and reltuples > 0 then reltuples::bigint
           when counted is null then -1
           when counted <= 10000 then counted
           else 10000
       end, bytes
from counted
where counted > 0 or (counted is null and bytes > 0)
union all
select 'EXTENSION_SEQUENCE', n.nspname, c.relname, m.extname, true, 0, 0
from pg_sequence as s
join member as m on m.oid = s.seqrelid
join pg_class as c on c.oid = s.seqrelid and c.relpersistence <> 't'
join pg_namespace as n on n.oid = c.relnamespace
where case
          when has_sequence_privilege(s.seqrelid, 'select, usage') then pg_sequence_last_value(s.seqrelid) is not null
          else true
      end
union all
select 'MATERIALIZED_VIEW', n.nspname, c.relname, null, true, 0, 0
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind = 'm' and c.relispopulated
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
  and not exists (select from member as m where m.oid = c.oid)
union all
select 'PUBLICATION', null, pubname, null, true, 0, 0
from pg_publication
order by 1, 2, 3
