-- Ours are those of our own role under our own name. What a role may not see has no backend_type and is left out:
-- the guard sees-sessions tells of that.
select pid, backend_start::text as started, coalesce(usename::text, '') as username,
       coalesce(application_name, '') as application, coalesce(host(client_addr), '') as address
from pg_stat_activity
where datname = current_database()
  and backend_type = 'client backend'
  and pid <> pg_backend_pid()
  and not (usename = current_user and (application_name = :ours or starts_with(application_name, :ours || ' run ')))
