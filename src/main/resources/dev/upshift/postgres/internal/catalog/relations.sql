-- What a restore makes before the data comes: of the indexes those that identify rows, the others follow one by one.
select coalesce(sum(1 + case when c.reltoastrelid <> 0 then 2 else 0 end + coalesce(k.number, 0)), 0)::integer
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
left join (
    select indrelid, count(*) as number from pg_index where indisprimary or indisreplident group by indrelid
) as k on k.indrelid = c.oid
where c.relkind in ('r', 'p', 'S', 'v', 'm', 'f')
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
