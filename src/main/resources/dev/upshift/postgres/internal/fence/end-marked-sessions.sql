-- Of all databases of the server: a run has sessions in several.
select pg_terminate_backend(pid)
from pg_stat_activity
where usename = current_user
  and starts_with(application_name, :prefix)
  and application_name <> :kept
  and pid <> pg_backend_pid()
