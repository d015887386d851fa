-- What a database lets its clients do, and what they would wait for: a row for each transaction with locks that writers
-- wait for, the first few, and one row where there is none. A role's own setting goes before the database's, that
-- before everybody's. What replication and PostgreSQL's own housekeeping lock is let go by themselves; what is ours is
-- over by the time that clients come. Of a prepared transaction only the lock on its own id tells which it is.
with here as (
    select oid, datallowconn, datconnlimit from pg_database where datname = current_database()
),
setting as (
    select s.setrole, s.setdatabase, split_part(setting, '=', 1) as name,
           substring(setting from position('=' in setting) + 1) as value
    from pg_db_role_setting as s
    cross join lateral unnest(s.setconfig) as setting
    where s.setdatabase in (0, (select oid from here))
),
chosen as (
    select setrole, setdatabase, value as read_only from setting where name = 'default_transaction_read_only'
),
commits as (
    select setrole, setdatabase, lower(value) not in ('off', 'local', 'false', 'no', '0') as wait
    from setting
    where name = 'synchronous_commit'
),
wanted as (
    -- FIRST 2 (a, b), ANY 2 (a, b), 2 (a, b), or names alone, of which one is enough
    select current_setting('synchronous_standby_names') as names,
           coalesce(substring(lower(current_setting('synchronous_standby_names'))
                              from '^\s*(?:first\s|any\s)?\s*(\d+)\s*\(')::int, 1) as number
),
connected as materialized (
    select count(*) filter (where w.sync_state in ('sync', 'quorum'))::int as number,
           coalesce(bool_or(w.sync_state is null), false) as hidden
    from wanted
    cross join pg_stat_get_wal_senders() as w
    where wanted.names <> ''
),
away as materialized (
    select wanted.names, wanted.number - connected.number as missing, connected.hidden
    from wanted
    cross join connected
    where wanted.names <> '' and wanted.number > connected.number
),
waiting as materialized (
    -- The server's own default is what our session had before it set its own, unless our role has one.
    select coalesce((select wait from commits where setrole = 0 and setdatabase <> 0),
                    (select wait from commits where setrole = 0 and setdatabase = 0),
                    case
                        when exists (select from commits
                                     where setrole = (select oid from pg_roles where rolname = current_user)) then true
                        else (select lower(reset_val) not in ('off', 'local')
                              from pg_settings
                              where name = 'synchronous_commit')
                    end) as everybody,
           array(select r.rolname::text
                 from pg_roles as r
                 cross join lateral (
                     select wait from commits where setrole = r.oid order by setdatabase desc limit 1) as own
                 where r.rolcanlogin and own.wait
                 order by 1) as roles
    from away
),
locks as materialized (
    select l.locktype, l.database, l.relation, l.transactionid, l.virtualtransaction, l.pid, l.mode, l.granted,
           conflict.rank
    from pg_locks as l
    left join unnest(array['AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock'])
         with ordinality as conflict (mode, rank) on conflict.mode = l.mode
    where l.locktype = 'relation' and conflict.rank is not null
          or l.locktype = 'transactionid' and l.pid is null and l.mode = 'ExclusiveLock'
),
holder as (
    select l.pid, l.virtualtransaction,
           (array_agg(l.mode order by l.rank))[1] as mode,
           bool_or(l.granted) as held,
           (array_agg(distinct format('%I.%I', n.nspname, c.relname)))[1\:3] as tables,
           count(distinct l.relation)::int as table_count
    from locks as l
    join pg_class as c on c.oid = l.relation
    join pg_namespace as n on n.oid = c.relnamespace
    where l.locktype = 'relation'
      and l.database = (select oid from here)
      and l.pid is distinct from pg_backend_pid()
      and c.relkind in ('r', 'p', 'S')
      and c.relpersistence <> 't'
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'upshift')
    group by l.pid, l.virtualtransaction
),
lock as (
    select coalesce(h.pid, 0) as pid, coalesce(a.usename, p.owner)::text as "user",
           coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend')) as application,
           host(a.client_addr) as address, quote_literal(p.gid) as prepared,
           coalesce(a.xact_start, p.prepared)::text as since,
           extract(epoch from clock_timestamp() - coalesce(a.xact_start, p.prepared))::numeric as seconds,
           h.mode, h.held, h.tables, h.table_count
    from holder as h
    left join pg_stat_activity as a on a.pid = h.pid
    left join locks as own on h.pid is null
                          and own.locktype = 'transactionid'
                          and own.virtualtransaction = h.virtualtransaction
                          and exists (select from pg_prepared_xacts as x where x.transaction = own.transactionid)
    left join pg_prepared_xacts as p on p.transaction = own.transactionid
    where (a.backend_type is null
           or a.backend_type not in ('autovacuum worker', 'parallel worker')
              and a.backend_type not like 'logical replication%')
      -- By whomever it is run, what locks a table's empty end lets it go for whoever waits. VACUUM FULL is none of these.
      and not exists (select from pg_stat_progress_vacuum as v where v.pid = h.pid)
      and not coalesce(a.usename = current_user
                       and (a.application_name = :ours or starts_with(a.application_name, :ours || ' run ')), false)
)
select here.datallowconn as allows_connections,
       here.datconnlimit as connection_limit,
       (select read_only from chosen where setrole = 0 and setdatabase = here.oid) as database_default,
       (select read_only from chosen where setrole = 0 and setdatabase = 0) as everybodys_default,
       array(select r.rolname::text
             from pg_roles as r
             cross join lateral (
                 select read_only from chosen where setrole = r.oid order by setdatabase desc limit 1) as own
             where r.rolcanlogin
               and own.read_only::boolean
             order by 1) as read_only_roles,
       (select rolsuper from pg_roles where rolname = current_user) as reads_files,
       standby.names as standby_names,
       standby.missing as standbys_missing,
       standby.hidden as standbys_hidden,
       case when standby.everybody then '{}' else standby.roles end as waiting_roles,
       lock.pid, lock."user", lock.application, lock.address, current_database()::text as database, lock.prepared,
       lock.since, lock.seconds, lock.mode, lock.held, lock.tables, lock.table_count, lock.others
from here
left join (
    select away.names, away.missing, away.hidden, waiting.everybody, waiting.roles
    from away
    join waiting on waiting.everybody or waiting.roles <> '{}') as standby on true
left join (
    select lock.*, greatest(count(*) over () - 3, 0)::int as others
    from lock
    order by lock.seconds desc nulls first, lock.pid
    limit 3) as lock on true
