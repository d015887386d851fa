-- Ours are those of our own role under our own name; somebody else who merely calls himself so is a client.
-- What a session is stays hidden from a role without pg_read_all_stats: rather name it than overlook it.
select pid, usename::text as "user", application_name as application, client_addr::text as address,
       backend_type is null as hidden
from pg_stat_activity
where datname = current_database()
  and coalesce(backend_type, 'client backend') = 'client backend'
  and pid <> pg_backend_pid()
  and not (usename = current_user and (application_name = :ours or starts_with(application_name, :ours || ' run ')))
order by pid
