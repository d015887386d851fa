-- Who has ended that transaction meanwhile is let be.
select pg_catalog.pg_terminate_backend(a.pid)
from pg_catalog.pg_stat_activity as a
join unnest(:pids::int[], :begun::text[]) as w (pid, begun)
     on w.pid = a.pid and w.begun = coalesce(a.xact_start::text, '')
