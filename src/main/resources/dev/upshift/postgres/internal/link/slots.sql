-- On a standby there is no write position; what it has received is the nearest to one.
with position as (
    select case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end as lsn
)
select s.slot_name::text as name,
       coalesce(s.database::text, '') as database,
       s.active,
       s.active_pid,
       s.confirmed_flush_lsn::text as confirmed_flush,
       greatest(coalesce(p.lsn - s.confirmed_flush_lsn, 0), 0)::bigint as behind,
       greatest(coalesce(p.lsn - s.restart_lsn, 0), 0)::bigint as retained,
       s.wal_status
from pg_replication_slots as s
cross join position as p
where case when :exact then s.slot_name::text = :name else starts_with(s.slot_name::text, :name) end
order by s.slot_name
