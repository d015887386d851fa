-- Whoever was connecting while the fence went up shows only after it has read its settings, hence by time, not by list.
select pid, usename::text as "user", application_name as application, host(client_addr) as address,
       false as hidden, pg_terminate_backend(pid)
from pg_stat_activity
where datname = current_database()
  -- a replication connection that sends nothing may execute statements, and write, as any client
  and (backend_type = 'client backend'
       or backend_type = 'walsender'
          and pid in (select s.pid from pg_stat_get_wal_senders() as s where s.state = 'startup'))
  and backend_start <= :since::timestamptz
  and pid <> pg_backend_pid()
  and not (usename = current_user
           and (application_name = :ours
                or starts_with(application_name, :ours || ' run ')
                or backend_type = 'walsender' and starts_with(application_name, :ours || '_')))
