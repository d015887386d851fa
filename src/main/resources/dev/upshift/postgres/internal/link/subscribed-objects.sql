-- The user's tables and sequences, as in published-objects.sql, with what the subscription knows of them.
select n.nspname as schema,
       c.relname as name,
       c.oid::bigint as oid,
       c.relkind as kind,
       c.relpersistence = 'u' as unlogged,
       r.srsubstate::text as letter,
       r.srsublsn::text as copied
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
left join (
    select sr.srrelid, sr.srsubstate, sr.srsublsn
    from pg_subscription_rel as sr
    join pg_subscription as s on s.oid = sr.srsubid
    where s.subname = :subscription
      and s.subdbid = (select oid from pg_database where datname = current_database())
) as r on r.srrelid = c.oid
where c.relkind in ('r', 'p', 'S')
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
  and not exists (
      select from pg_depend as d
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
order by n.nspname collate "C", c.relname collate "C"
