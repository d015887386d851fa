-- Ours are those of our own role under our own name; somebody else who merely calls himself so is a client.
select pid, usename::text as "user", application_name as application, client_addr::text as address
from pg_stat_activity
where datname = current_database()
  and backend_type = 'client backend'
  and pid <> pg_backend_pid()
  and not (usename = current_user and application_name = :ours)
order by pid
