-- What UPDATE and DELETE of each replicated table are found by, here and, when it subscribes, there. Leaves only: rows
-- are changed there. An index counts under the conditions of RelationGetIndexList: valid, unique, immediate and whole.
with recursive judged as materialized (
    select c.oid, n.nspname, c.relname, c.relreplident
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind = 'r'
      and c.relpersistence = 'p'
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'upshift')
      and not exists (
          select from pg_depend as d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
),
candidate as materialized (
    select i.indrelid,
           i.indisprimary,
           i.indisreplident,
           case
               when not i.indimmediate then 'DEFERRABLE'
               when i.indisvalid and i.indisunique and i.indpred is null then 'USABLE'
               else 'INVALID'
           end as state,
           k.columns
    from pg_index as i
    join judged as j on j.oid = i.indrelid
    cross join lateral (
        select array_agg(a.attname::text order by x.position) as columns
        from unnest(i.indkey) with ordinality as x(attnum, position)
        join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = x.attnum
        where x.position <= i.indnkeyatts) as k
    where i.indisprimary or i.indisreplident
),
found as materialized (
    select j.oid, j.nspname, j.relname, j.relreplident,
           p.state as primary_state,
           case when p.state = 'USABLE' then p.columns end as primary_key,
           r.state as chosen_state,
           case when r.state = 'USABLE' then r.columns end as chosen
    from judged as j
    left join candidate as p on p.indrelid = j.oid and p.indisprimary
    left join candidate as r on r.indrelid = j.oid and r.indisreplident and j.relreplident = 'i'
),
generated as (
    select a.attrelid, array_agg(a.attname::text order by a.attnum) as columns
    from pg_attribute as a
    join judged as j on j.oid = a.attrelid
    where a.attgenerated <> '' and a.attnum > 0 and not a.attisdropped
    group by a.attrelid
),
-- Where rows are found by all their columns, each column's type must know what equal is: of domains the type beneath,
-- of arrays the element, of composite types every attribute.
compared as materialized (
    select a.attrelid, a.attnum, a.attname, a.atttypid
    from found as f
    join pg_attribute as a on a.attrelid = f.oid
    where f.primary_key is null and f.chosen is null
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
),
part as (
    select distinct c.atttypid as whole, c.atttypid as part
    from compared as c
    union
    select p.whole, inner_type.oid
    from part as p
    join pg_type as t on t.oid = p.part
    cross join lateral (
        select t.typbasetype as oid where t.typtype = 'd'
        union all
        select t.typelem where t.typtype = 'b' and t.typcategory = 'A' and t.typelem <> 0
        union all
        select a.atttypid
        from pg_attribute as a
        where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
    ) as inner_type
),
incomparable as materialized (
    select distinct p.whole
    from part as p
    join pg_type as t on t.oid = p.part
    where t.typtype = 'b'
      and not (t.typcategory = 'A' and t.typelem <> 0)
      and not exists (
          select from pg_opclass as c
          join pg_am as m on m.oid = c.opcmethod and m.amname in ('btree', 'hash')
          where c.opcdefault
            and (c.opcintype = t.oid
                 or exists (
                     select from pg_cast as b
                     where b.castsource = t.oid and b.casttarget = c.opcintype
                       and b.castmethod = 'b' and b.castcontext = 'i')))
),
without_equality as (
    select c.attrelid,
           array_agg(format('%s (%s)', c.attname, format_type(c.atttypid, null)) order by c.attnum) as columns
    from compared as c
    join incomparable as i on i.whole = c.atttypid
    group by c.attrelid
)
select f.nspname as schema,
       f.relname as name,
       case f.relreplident when 'd' then 'DEFAULT' when 'n' then 'NOTHING' when 'f' then 'FULL' else 'INDEX' end
           as setting,
       coalesce(f.primary_state, 'NONE') as primary_state,
       coalesce(f.primary_key, '{}') as primary_key,
       coalesce(f.chosen_state, 'NONE') as chosen_state,
       coalesce(f.chosen, '{}') as chosen,
       coalesce(g.columns, '{}') as generated,
       coalesce(w.columns, '{}') as without_equality
from found as f
left join generated as g on g.attrelid = f.oid
left join without_equality as w on w.attrelid = f.oid
order by f.nspname collate "C", f.relname collate "C"
