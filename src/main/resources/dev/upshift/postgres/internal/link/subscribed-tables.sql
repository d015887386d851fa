select n.nspname as schema, c.relname as name, r.srsubstate::text as letter
from pg_subscription as s
join pg_subscription_rel as r on r.srsubid = s.oid
join pg_class as c on c.oid = r.srrelid
join pg_namespace as n on n.oid = c.relnamespace
where s.subname = :name
  and s.subdbid = (select oid from pg_database where datname = current_database())
order by n.nspname collate "C", c.relname collate "C"
