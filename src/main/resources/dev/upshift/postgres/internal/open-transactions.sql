select pid,
       usename::text as "user",
       application_name as application,
       client_addr::text as client,
       extract(epoch from clock_timestamp() - xact_start) as seconds,
       backend_xid is not null as holds_transaction_id,
       left(query, 500) as query
from pg_stat_activity
where datname = current_database()
  and xact_start is not null
  and pid <> pg_backend_pid()
  and backend_type not in ('autovacuum worker', 'parallel worker', 'walsender')
  and backend_type not like 'logical replication%'
order by xact_start
limit 100
