-- Tables of a subscription whose copy has begun and which no worker of their own copies.
select n.nspname as schema, c.relname as name
from pg_subscription as s
join pg_subscription_rel as r on r.srsubid = s.oid
join pg_class as c on c.oid = r.srrelid
join pg_namespace as n on n.oid = c.relnamespace
left join pg_stat_subscription as w on w.subid = r.srsubid and w.relid = r.srrelid and w.pid is not null
where s.subname = :name
  and s.subdbid = (select oid from pg_database where datname = current_database())
  and r.srsubstate in ('d', 'f')
  and w.pid is null
order by n.nspname collate "C", c.relname collate "C"
