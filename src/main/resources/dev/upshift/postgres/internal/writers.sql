-- Background workers of extensions (schedulers, queues) write too; PostgreSQL's own only carry over or clean up.
-- What a session is stays hidden from a role without pg_read_all_stats: rather name it than overlook it.
select pid, usename::text as "user", application_name as application, client_addr::text as address,
       backend_type is null as hidden
from pg_stat_activity
where datname = current_database()
  and pid <> pg_backend_pid()
  and (backend_type is null
       or backend_xid is not null
          and backend_type not in ('autovacuum worker', 'parallel worker', 'walsender')
          and backend_type not like 'logical replication%'
          and not (backend_type = 'client backend' and usename = current_user and (application_name = :ours or starts_with(application_name, :ours || ' run '))))
order by pid
