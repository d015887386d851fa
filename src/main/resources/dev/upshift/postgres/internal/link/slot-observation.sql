-- The position first: what it is compared with later must not be newer than the slot that was seen.
-- Whether the server lets us see a file is asked before it is asked to: a refusal would end the statement, and what a
-- branch holds is checked whether it is taken or not; hence the text that is a statement of its own.
with position as materialized (
    select case when pg_is_in_recovery() then '0/0'::pg_lsn else pg_current_wal_flush_lsn() end as flushed,
           clock_timestamp() as at
)
select p.at,
       coalesce(s.database::text, '') as database,
       coalesce(s.plugin::text, '') as plugin,
       p.flushed::text as flushed,
       s.restart_lsn::text as restart,
       s.confirmed_flush_lsn::text as confirmed,
       s.active_pid as sender,
       a.backend_start as sender_since,
       substring(
           case
               when has_function_privilege('pg_stat_file(text)', 'execute') then
                   query_to_xml(
                       'select extract(epoch from (pg_stat_file(''pg_replslot'')).modification)::bigint as seconds',
                       false, false, '')::text
           end
           from '<seconds>(\d+)<')::bigint as slots_changed,
       coalesce((select p.oid || '/' || p.xmin from pg_publication as p where p.pubname = s.slot_name), 'none') as publication
from position as p
cross join pg_replication_slots as s
left join pg_stat_get_activity(s.active_pid) as a on s.active_pid is not null
where s.slot_name = :slot
