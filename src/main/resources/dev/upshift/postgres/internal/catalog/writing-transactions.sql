-- Transactions of the whole server that have an id, oldest first: creating a slot waits for each of them. Their locks on
-- their own ids are shown to every role; of a prepared one only that lock tells which it is. 0 stands for such a one.
select distinct coalesce(l.pid, 0) as pid, coalesce(a.usename, p.owner)::text as "user",
       coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend')) as application,
       host(a.client_addr) as address,
       coalesce(a.datname, p.database)::text as database, quote_literal(p.gid) as prepared,
       coalesce(a.xact_start, p.prepared)::text as since,
       extract(epoch from statement_timestamp() - coalesce(a.xact_start, p.prepared))::numeric as seconds
from pg_locks as l
left join pg_stat_activity as a on a.pid = l.pid
left join pg_prepared_xacts as p on l.pid is null and p.transaction = l.transactionid
where l.locktype = 'transactionid'
  and l.mode = 'ExclusiveLock'
  and l.granted
  and l.pid is distinct from pg_backend_pid()
  and (l.pid is not null or p.gid is not null)
order by seconds desc nulls first, pid
limit 100
