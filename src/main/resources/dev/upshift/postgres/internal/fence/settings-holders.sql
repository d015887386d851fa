-- Whose open transaction keeps others from changing what is set for this database: who has changed or locked its rows of
-- the catalogues (the old version of a row names his transaction), who has locked these as a whole, or the database
-- itself. A new row nobody sees, and whose savepoint is released is not told by it: whoever may be changing something in
-- one of the catalogues is not certain. Ours raise and lift in the database itself. 0 stands for a prepared transaction.
select coalesce(l.pid, 0) as pid,
       bool_or(l.mode <> 'RowExclusiveLock') as certain,
       bool_or(coalesce(a.usename = current_user
                        and a.datname = pg_catalog.current_database()
                        and pg_catalog.starts_with(a.application_name, :ours || ' run '), false)) as ours
from pg_catalog.pg_locks as l
left join pg_catalog.pg_stat_activity as a on a.pid = l.pid
cross join (
    select d.oid, d.xmax as changing,
           (select s.xmax
            from pg_catalog.pg_db_role_setting as s
            where s.setdatabase = d.oid and s.setrole = 0) as setting
    from pg_catalog.pg_database as d
    where d.datname = pg_catalog.current_database()) as here
where l.granted
  and l.pid is distinct from pg_catalog.pg_backend_pid()
  and (l.locktype = 'transactionid'
           and l.mode = 'ExclusiveLock'
           and (l.transactionid = here.changing or l.transactionid = here.setting)
       or l.locktype = 'relation'
           and l.relation in ('pg_catalog.pg_database'::regclass, 'pg_catalog.pg_db_role_setting'::regclass)
           and l.mode in ('RowExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                          'AccessExclusiveLock')
       or l.locktype = 'object'
           and l.classid = 'pg_catalog.pg_database'::regclass
           and l.objid = here.oid
           and l.mode = 'AccessExclusiveLock')
group by 1
order by 1
