-- What a session does stays hidden from a role without pg_read_all_stats: rather name it than overlook it. Without a type
-- is as well a background worker that has just started, whom the server does not know yet by what it does.
select pid,
       usename::text as "user",
       application_name as application,
       host(client_addr) as client,
       extract(epoch from clock_timestamp() - xact_start) as seconds,
       backend_xid is not null as holds_transaction_id,
       left(query, 500) as query,
       backend_type is null as hidden
from pg_stat_activity
where datname = current_database()
  and pid <> pg_backend_pid()
  and (backend_type is null and query = '<insufficient privilege>'
       or xact_start is not null
          and backend_type not in ('autovacuum worker', 'parallel worker', 'walsender')
          and backend_type not like 'logical replication%')
order by xact_start nulls first
limit 100
