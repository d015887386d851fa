-- A process id may have been given to a newcomer meanwhile, hence the conditions again.
select pid, pg_terminate_backend(pid)
from pg_stat_activity
where pid = any (:pids)
  and datname = current_database()
  and backend_type = 'client backend'
  and not (usename = current_user and application_name = :ours)
