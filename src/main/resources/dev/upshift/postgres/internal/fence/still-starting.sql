select pid
from pg_locks
where locktype = 'object'
  and classid = 'pg_database'::regclass
  and objid = (select oid from pg_database where datname = current_database())
  and mode = 'RowExclusiveLock'
  and pid in (:pids)
