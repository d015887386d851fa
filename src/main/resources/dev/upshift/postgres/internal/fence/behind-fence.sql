-- Who is in the database, what he does and may do there, and how far the server has got with transaction ids. The
-- snapshot is older than the look at the sessions: whoever has an id from before it and is not over yet is seen.
-- Ours are those of our own role under our own name; somebody else who merely calls himself so is a client.
-- A replication connection of the database that sends nothing executes statements as any client.
-- Background workers of extensions (schedulers, queues) write too; PostgreSQL's own only carry over or clean up.
-- What a session is stays hidden from a role without pg_read_all_stats: rather name it than overlook it.
with here as (
    select oid from pg_database where datname = current_database()
),
own as (
    -- what roles have of their own goes before what the fence gives to the database
    select s.setrole as role, s.setdatabase <> 0 as here,
           substring(setting from position('=' in setting) + 1)::boolean as read_only
    from pg_db_role_setting as s
    cross join lateral unnest(s.setconfig) as setting
    where s.setrole <> 0
      and s.setdatabase in (0, (select oid from here))
      and starts_with(setting, 'default_transaction_read_only=')
)
select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
       a.pid, a.usename::text as "user", a.application_name as application, host(a.client_addr) as address,
       a.backend_type is null as hidden,
       a.backend_type in ('client backend', 'walsender') as client,
       a.backend_xid is not null as writes,
       a.backend_type in ('client backend', 'walsender')
           and not coalesce(
               (select read_only from own where role = a.usesysid and own.here),
               (select read_only from own where role = a.usesysid and not own.here),
               true) as may_write
from (values (1)) as once
left join pg_stat_activity as a
     on a.datname = current_database()
    and a.pid <> pg_backend_pid()
    and (a.backend_type is null and a.query = '<insufficient privilege>'
         or a.backend_type = 'client backend'
            and not (a.usename = current_user
                     and (a.application_name = :ours or starts_with(a.application_name, :ours || ' run ')))
         or a.backend_type = 'walsender'
            and a.pid in (select s.pid from pg_stat_get_wal_senders() as s where s.state = 'startup')
            and not (a.usename = current_user and starts_with(a.application_name, :ours || '_'))
         or a.backend_xid is not null
            and a.backend_type not in ('client backend', 'autovacuum worker', 'parallel worker', 'walsender')
            and a.backend_type not like 'logical replication%')
order by a.pid
