-- The user's tables and sequences, with what the publication sends of them; which are the user's, as in tables.sql and
-- sequences.sql. A partition is sent when the table above it is. By which entries of the publication and of pg_inherits,
-- tells whether it was ever sent another way, or for a while not at all: each new entry has another oid, or writer. The
-- mark is replaced where publications may leave rows or columns out (from 15 on).
with recursive listed as (
    select r.prrelid as oid, /* in part */ false as in_part, r.oid::text as way
    from pg_publication as p
    join pg_publication_rel as r on r.prpubid = p.oid
    where p.pubname = :publication
    union
    select i.inhrelid, l.in_part, l.way || '/' || i.xmin
    from listed as l
    join pg_class as c on c.oid = l.oid and c.relkind = 'p'
    join pg_inherits as i on i.inhparent = l.oid
),
sent as (
    select oid, bool_and(in_part) as in_part, string_agg(way, ' ' order by way collate "C") as way
    from listed
    group by oid
)
select n.nspname as schema,
       c.relname as name,
       c.oid::bigint as oid,
       c.relkind as kind,
       c.relpersistence = 'u' as unlogged,
       s.way,
       coalesce(s.in_part, false) as in_part
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
left join sent as s on s.oid = c.oid
where c.relkind in ('r', 'p', 'S')
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
  and not exists (
      select from pg_depend as d
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
order by n.nspname collate "C", c.relname collate "C"
