-- The moment, and who is connecting at it. Such a session shows in pg_stat_activity only after it has read what the
-- database is set to, but while it starts, and only then, it holds this lock.
select clock_timestamp()::text as since,
       array(select pid
             from pg_locks
             where locktype = 'object'
               and classid = 'pg_database'::regclass
               and objid = (select oid from pg_database where datname = current_database())
               and mode = 'RowExclusiveLock'
               and pid is not null
               and pid <> pg_backend_pid()) as starting,
       hidden.pid, hidden.pid is not null as hidden
from (select min(pid) as pid
      from pg_stat_activity
      where datname = current_database()
        and backend_type is null
        and query = '<insufficient privilege>'
        and pid <> pg_backend_pid()) as hidden
