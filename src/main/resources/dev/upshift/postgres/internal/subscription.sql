-- pg_subscription is shared by all databases, so only this one's; the column subconninfo is not for every role, so
-- the columns one by one. The leading worker has neither a table of its own nor (from 16 on) a leader.
select s.subname::text as name,
       s.oid::bigint as oid,
       s.subenabled as enabled,
       w.pid as worker_pid,
       w.received_lsn::text as received_lsn,
       w.latest_end_lsn::text as latest_end_lsn,
       coalesce((to_jsonb(e) ->> 'apply_error_count')::bigint, 0) as apply_errors,
       coalesce((to_jsonb(e) ->> 'sync_error_count')::bigint, 0) as sync_errors
from pg_subscription as s
left join pg_stat_subscription as w
    on w.subid = s.oid and w.relid is null and to_jsonb(w) ->> 'leader_pid' is null
left join /* errors */ as e on e.subid = s.oid
where s.subname = :name
  and s.subdbid = (select oid from pg_database where datname = current_database())
