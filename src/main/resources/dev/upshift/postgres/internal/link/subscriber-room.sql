-- What is left on the side that subscribes, and what would end a worker's transaction there. Before 18, origins are
-- limited by max_replication_slots. Our own session has set the timeout aside; what it would be otherwise is what a
-- worker has, which belongs to the same role and database.
select
    coalesce(current_setting('max_active_replication_origins', true), current_setting('max_replication_slots'))::int
        - (select count(*) from pg_replication_origin)::int as free_origins,
    case when current_setting('max_active_replication_origins', true) is null then 'max_replication_slots'
         else 'max_active_replication_origins' end as origins_setting,
    current_setting('max_logical_replication_workers')::int - running.workers as free_workers,
    -- One more is the launcher.
    current_setting('max_worker_processes')::int - 1 - running.workers as free_processes,
    current_setting('max_sync_workers_per_subscription')::int as sync_workers,
    coalesce((select reset_val from pg_settings where name = 'transaction_timeout'), '0')::bigint as transaction_millis,
    session_user::text as "user"
from (select count(*)::int as workers from pg_stat_subscription where pid is not null) as running
