-- Whether anybody has done anything in the database since a moment of this server's clock, by what sessions say of
-- themselves: one that is at work, that has begun or ended something since, or that hides what it does. Who came since, or
-- was there and is gone, is told by numbers.
-- Ours are those of our own role under our own name. Replication, and workers that only carry over or clean up, are left
-- aside; a replication connection that sends nothing executes statements as any client.
select exists (
    select
    from pg_stat_activity as a
    where a.datname = current_database()
      and a.pid <> pg_backend_pid()
      and not (a.usename = current_user
               and (a.application_name = :ours or starts_with(a.application_name, :ours || ' run ')
                    or starts_with(a.application_name, :ours || '_')))
      and (a.backend_type is null
           or a.backend_type not in ('autovacuum worker', 'parallel worker', 'walsender')
              and a.backend_type not like 'logical replication%'
           or a.backend_type = 'walsender'
              and a.pid in (select s.pid from pg_stat_get_wal_senders() as s where s.state = 'startup'))
      and (coalesce(a.state, '') not in ('idle', 'idle in transaction', 'idle in transaction (aborted)')
           or a.state_change >= cast(:since as timestamptz))) as at_work,
       statement_timestamp()::text as moment,
       /* sessions */ as sessions,
       (/* present */) as present
